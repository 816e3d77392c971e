package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import taskpool.worker.host.WorkerRoster.Step;
import taskpool.worker.host.WorkerRoster.Step.Kind;

class WorkerRosterTest {
  private static final int MAX_STARTING = 4;

  private static WorkerRoster roster(int workers, int spares) {
    return new WorkerRoster(workers, spares, MAX_STARTING);
  }

  private static List<Step> steps(WorkerRoster roster) {
    List<Step> steps = new ArrayList<>();
    for (Optional<Step> step = roster.next(); step.isPresent(); step = roster.next()) {
      steps.add(step.get());
    }
    return steps;
  }

  private static Step start(int number) {
    return new Step(Kind.START_WORKER, number);
  }

  private static Step spare(int number) {
    return new Step(Kind.START_SPARE, number);
  }

  private static Step employ(int number) {
    return new Step(Kind.EMPLOY, number);
  }

  @Test
  void startsAFewAtATimeAndTheSparesLast() {
    WorkerRoster roster = roster(5, 2);
    assertThat(steps(roster)).containsExactly(start(1), start(2), start(3), start(4));
    assertThat(roster.ready(2)).isTrue();
    assertThat(steps(roster)).containsExactly(start(5));
    for (int number : List.of(1, 3, 4)) {
      roster.ready(number);
      assertThat(steps(roster)).isEmpty();
    }
    assertThat(roster.isComplete()).isFalse();
    roster.ready(5);

    assertThat(roster.isComplete()).isTrue();
    assertThat(steps(roster)).containsExactly(spare(6), spare(7));
  }

  @Test
  void takesAReportOnce() {
    WorkerRoster roster = roster(1, 0);
    steps(roster);

    assertThat(roster.ready(1)).isTrue();
    assertThat(roster.ready(1)).isFalse();
    assertThat(roster.ready(2)).isFalse();
  }

  @Test
  void letsTheOldestSpareTakeThePlaceOfADeadWorker() {
    WorkerRoster roster = roster(1, 2);
    steps(roster);
    roster.ready(1);
    steps(roster);
    assertThat(roster.exited(1)).isZero();

    assertThat(steps(roster)).containsExactly(employ(2));
    assertThat(roster.isStarting(2)).isTrue();
    roster.ready(2);
    assertThat(steps(roster)).containsExactly(spare(4));
  }

  @Test
  void waitsLongerAfterEachStartThatFails() {
    WorkerRoster roster = roster(1, 0);
    List<Duration> pauses = new ArrayList<>();
    for (int number = 1; number < WorkerRoster.MAX_FAILED_STARTS; number++) {
      steps(roster);
      pauses.add(roster.exited(number));
    }

    assertThat(pauses)
        .containsExactly(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(800));
    assertThat(roster.hasGivenUp()).isFalse();
  }

  @Test
  void givesUpWhenOneAfterTheOtherFailsAndNoneIsLeft() {
    WorkerRoster roster = roster(1, 0);
    for (int number = 1; number <= WorkerRoster.MAX_FAILED_STARTS; number++) {
      assertThat(roster.hasGivenUp()).isFalse();
      assertThat(steps(roster)).containsExactly(start(number));
      roster.exited(number);
    }

    assertThat(roster.hasGivenUp()).isTrue();
    assertThat(steps(roster)).isEmpty();
  }

  @Test
  void givesUpWhenNoProcessCanBeStartedAtAll() {
    WorkerRoster roster = roster(2, 0);
    for (int number = 1; number <= WorkerRoster.MAX_FAILED_STARTS; number++) {
      assertThat(roster.next()).contains(start(number));
      roster.startFailed(number);
      assertThat(roster.backoff()).isPositive();
    }

    assertThat(roster.hasGivenUp()).isTrue();
  }

  @Test
  void startsNoMoreButDoesNotGiveUpWhileOthersStillComeUp() {
    WorkerRoster roster = roster(8, 0);
    steps(roster);
    for (int failed = 0; failed < WorkerRoster.MAX_FAILED_STARTS; failed++) {
      roster.exited(1 + failed);
      if (failed < WorkerRoster.MAX_FAILED_STARTS - 1) {
        assertThat(steps(roster)).containsExactly(start(5 + failed));
      }
    }
    assertThat(roster.hasGivenUp()).isFalse();
    assertThat(steps(roster)).isEmpty();
    roster.ready(6);

    assertThat(steps(roster)).hasSize(MAX_STARTING - 2);
  }

  @Test
  void givesUpWhenThoseThatStillCameUpHaveFailedToo() {
    WorkerRoster roster = roster(2, 0);
    steps(roster);
    for (int number : List.of(1, 3, 4, 5, 6)) {
      assertThat(roster.hasGivenUp()).isFalse();
      roster.exited(number);
      steps(roster);
    }
    assertThat(roster.hasGivenUp()).isFalse();
    roster.exited(2);

    assertThat(roster.hasGivenUp()).isTrue();
  }

  @Test
  void givesUpNeverWhileOneIsWell() {
    WorkerRoster roster = roster(2, 0);
    steps(roster);
    roster.ready(1);
    for (int number = 2; number <= 3 * WorkerRoster.MAX_FAILED_STARTS; number++) {
      roster.exited(number);
      assertThat(steps(roster)).containsExactly(start(number + 1));
    }

    assertThat(roster.hasGivenUp()).isFalse();
  }

  @Test
  void deadSparesSayNothingOfWhetherWorkersCanBeStarted() {
    WorkerRoster roster = roster(1, 1);
    steps(roster);
    roster.ready(1);
    Duration last = Duration.ZERO;
    int spare = 2;
    for (; spare <= 2 * WorkerRoster.MAX_FAILED_STARTS; spare++) {
      assertThat(steps(roster)).containsExactly(spare(spare));
      Duration pause = roster.exited(spare);
      assertThat(pause).isPositive().isGreaterThanOrEqualTo(last);
      last = pause;
    }
    assertThat(steps(roster)).containsExactly(spare(spare));
    assertThat(roster.exited(1)).isZero();

    assertThat(roster.hasGivenUp()).isFalse();
    assertThat(steps(roster)).containsExactly(employ(spare));
    roster.ready(spare);
    assertThat(steps(roster)).containsExactly(spare(spare + 1));
    assertThat(roster.exited(spare + 1)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void employsASpareEvenWhenItStartsNoMore() {
    WorkerRoster roster = roster(1, 3);
    steps(roster);
    roster.ready(1);
    steps(roster);
    roster.exited(1);
    for (int number : List.of(2, 3)) {
      assertThat(steps(roster)).containsExactly(employ(number));
      roster.exited(number);
    }
    assertThat(steps(roster)).containsExactly(employ(4));
    roster.exited(4);
    for (int number : List.of(5, 6)) {
      assertThat(roster.hasGivenUp()).isFalse();
      assertThat(steps(roster)).containsExactly(start(number));
      roster.exited(number);
    }

    assertThat(roster.hasGivenUp()).isTrue();
  }
}
