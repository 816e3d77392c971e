package taskpool.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStateTest {
  @ParameterizedTest
  @CsvSource({
    "DELAYED, DUE, QUEUED",
    "DELAYED, CANCEL, CANCELLED",
    "DELAYED, GIVE_UP, FAILED",
    "QUEUED, LEASE, LEASED",
    "QUEUED, SHARE, FINISHED",
    "QUEUED, REFUSE, FAILED",
    "QUEUED, CANCEL, CANCELLED",
    "QUEUED, GIVE_UP, FAILED",
    "LEASED, RETURN, QUEUED",
    "LEASED, LOSE, QUEUED",
    "LEASED, RETRY, DELAYED",
    "LEASED, QUARANTINE, FAILED",
    "LEASED, EXPIRE, FAILED",
    "LEASED, FINISH, FINISHED",
    "LEASED, FAIL, FAILED",
    "LEASED, CANCEL, CANCELLED"
  })
  void goesOnAsTheTableSays(TaskState from, TaskEvent event, TaskState to) {
    assertThat(from.on(event)).isEqualTo(to);
  }

  @Test
  void hasNoOtherWays() {
    int ways = TaskState.TABLE.values().stream().mapToInt(on -> on.size()).sum();

    assertThat(ways).isEqualTo(16);
  }

  @ParameterizedTest
  @EnumSource(TaskEvent.class)
  void endsOnce(TaskEvent event) {
    for (TaskState state : Set.of(TaskState.FINISHED, TaskState.FAILED, TaskState.CANCELLED)) {
      assertThat(state.isFinal()).isTrue();
      assertThatThrownBy(() -> state.on(event)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskEvent.class,
      names = {"FINISH", "FAIL", "RETURN", "LOSE"})
  void doesNotRunUnleased(TaskEvent event) {
    assertThatThrownBy(() -> TaskState.QUEUED.on(event))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a task that is QUEUED can't " + event);
  }

  @Test
  void isNotLeasedTwice() {
    assertThatThrownBy(() -> TaskState.LEASED.on(TaskEvent.LEASE))
        .isInstanceOf(IllegalStateException.class);
  }
}
