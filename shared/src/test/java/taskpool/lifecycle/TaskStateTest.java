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
    "QUEUED, LEASE, LEASED",
    "QUEUED, CANCEL, CANCELLED",
    "QUEUED, GIVE_UP, FAILED",
    "LEASED, RETURN, QUEUED",
    "LEASED, LOSE, QUEUED",
    "LEASED, GIVE_UP, FAILED",
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

    assertThat(ways).isEqualTo(9);
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
