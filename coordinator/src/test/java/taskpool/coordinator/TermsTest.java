package taskpool.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import taskpool.codec.Failure;
import taskpool.error.TaskTimeoutException;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Terms;

/** What the coordinator makes of a task's terms. */
class TermsTest {
  private static final int CLIENT = 1;
  private static final int OTHER_CLIENT = 2;
  private static final long SECOND = 1_000_000_000;

  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open(CLIENT);
    bench.open(OTHER_CLIENT);
  }

  private static Terms priority(int priority) {
    return new Terms(priority, 0, 0, 0, null, null);
  }

  private static Terms delay(long nanos) {
    return new Terms(Terms.NORMAL, nanos, 0, 0, null, null);
  }

  private static Terms limited(int attempts) {
    Terms.Retry retry = new Terms.Retry(attempts, SECOND, 3 * SECOND, List.of());
    return new Terms(Terms.NORMAL, 0, 0, SECOND, retry, null);
  }

  private static Terms key(String key) {
    return new Terms(Terms.NORMAL, 0, 0, 0, null, key);
  }

  private void finishAll(int worker, int tasks) {
    for (int i = 0; i < tasks; i++) {
      bench.finish(worker, bench.lastLease(worker).id(), 1);
    }
  }

  @Test
  void startsHigherPrioritiesFirstAndEqualsInOrder() {
    bench.submit(CLIENT, 1, priority(2));
    bench.submit(CLIENT, 2, priority(9));
    bench.submit(CLIENT, 3, priority(2));
    bench.submit(CLIENT, 4, priority(9));
    bench.submit(CLIENT, 5); // as all that do not say
    bench.register(1, 1);
    finishAll(1, 5);

    assertThat(bench.tasks(1)).containsExactly(2L, 4L, 5L, 1L, 3L);
  }

  @Test
  void letsWhoWaitsRise() {
    bench.submit(CLIENT, 1, priority(3));
    bench.pass((Lane.AGEING_SECONDS - 1) * SECOND);
    bench.submit(CLIENT, 2, priority(4));
    bench.pass(2 * SECOND);
    bench.submit(CLIENT, 3, priority(4));
    bench.register(1, 1);
    finishAll(1, 3);

    assertThat(bench.tasks(1)).containsExactly(2L, 1L, 3L);
  }

  @Test
  void keepsAPlaceAtTheHeadForWhatIsHandedBack() {
    bench.submit(CLIENT, 1, priority(7));
    bench.register(1, 1);
    bench.submit(CLIENT, 2, priority(7));
    bench.handBack(1, List.of(bench.lastLease(1).id()), 1);

    assertThat(bench.tasks(1)).containsExactly(1L, 1L);
  }

  @Test
  void startsNothingBeforeItsTime() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1, delay(10));
    bench.submit(CLIENT, 2, delay(5));
    assertThat(bench.coordinator.nextDueNanos()).hasValue(5);
    bench.pass(4);
    assertThat(bench.leases(1)).isEmpty();
    bench.pass(1);
    assertThat(bench.tasks(1)).containsExactly(2L);
    finishAll(1, 1);
    bench.pass(5);

    assertThat(bench.tasks(1)).containsExactly(2L, 1L);
    assertThat(bench.coordinator.nextDueNanos()).isEmpty();
  }

  @Test
  void forgetsWhatIsCancelledWhileItIsDelayed() {
    bench.register(1, 1);
    for (long task = 1; task <= 1_000; task++) {
      bench.submit(CLIENT, task, delay(SECOND));
      bench.cancel(CLIENT, task, false);
    }

    assertThat(bench.coordinator.isIdle()).isTrue();
    assertThat(bench.coordinator.nextDueNanos()).isEmpty();
    assertThat(bench.outcomes(CLIENT)).hasSize(1_000);
  }

  @Test
  void triesAgainLaterAndLaterAndThenNotAnyMore() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1, limited(4));
    long[] most = {SECOND, 2 * SECOND, 3 * SECOND};
    for (int failures = 1; failures <= 3; failures++) {
      bench.end(1, bench.lastLease(1).id(), Outcome.Kind.RETRY_FAILURE);
      assertThat(bench.leases(1)).hasSize(failures);
      assertThat(bench.coordinator.nextDueNanos().getAsLong() - bench.nowNanos)
          .isBetween(most[failures - 1] / 2, most[failures - 1]);
      bench.pass(most[failures - 1]);
      assertThat(bench.lastLease(1).attempt()).isEqualTo(failures + 1);
    }
    bench.end(1, bench.lastLease(1).id(), Outcome.Kind.RETRY_FAILURE);

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.FAILURE);
    assertThat(bench.coordinator.isIdle()).isTrue();
  }

  @Test
  void triesNothingAgainThatIsCancelled() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1, limited(4));
    bench.cancel(CLIENT, 1, false);
    bench.end(1, bench.lastLease(1).id(), Outcome.Kind.RETRY_FAILURE);

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.CANCELLED);
  }

  @Test
  void endsATaskAtItsHardLimitWhenItsWorkerIsDead() {
    bench.register(1, 2);
    bench.submit(CLIENT, 1, limited(1));
    bench.submit(CLIENT, 2);
    bench.overdue(1, new Overdue(bench.leases(1).get(0).id(), Overdue.Reason.HARD_LIMIT, false));
    assertThat(bench.killed).containsExactly(1);
    assertThat(bench.outcomes(CLIENT)).isEmpty();
    bench.submit(CLIENT, 3);
    assertThat(bench.tasks(1)).containsExactly(1L, 2L);
    bench.lose(1);

    Outcome outcome = bench.outcomes(CLIENT).get(0);
    assertThat(Failure.decode(outcome.payload()).chain().get(0).type())
        .isEqualTo(TaskTimeoutException.class.getName());
    for (int worker = 2; worker <= 4; worker++) { // the neighbour has no death to its name
      bench.register(worker, 1);
      assertThat(bench.tasks(worker)).containsExactly(2L);
      if (worker < 4) {
        bench.lose(worker);
      }
    }
  }

  @Test
  void triesAgainWhatWasKilledAtItsLimitIfAsked() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1, limited(2));
    bench.overdue(1, new Overdue(bench.lastLease(1).id(), Overdue.Reason.HARD_LIMIT, true));
    bench.lose(1);
    bench.register(2, 1);
    bench.pass(SECOND);

    assertThat(bench.tasks(2)).containsExactly(1L);
  }

  @Test
  void cancelsWhatDoesNotHeedAnInterruptWhenItsWorkerIsDead() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.cancel(CLIENT, 1, true);
    bench.answer(1, bench.lastLease(1).id(), true);
    bench.overdue(1, new Overdue(bench.lastLease(1).id(), Overdue.Reason.CANCELLED, false));
    assertThat(bench.killed).containsExactly(1);
    assertThat(bench.outcomes(CLIENT)).isEmpty();
    bench.lose(1);

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.CANCELLED);
  }

  @Test
  void runsOneOfThoseWithTheSameKey() {
    bench.register(1, 2);
    bench.submit(CLIENT, 1, key("a"));
    bench.submit(OTHER_CLIENT, 1, key("a"));
    bench.submit(CLIENT, 2, key("b"));
    assertThat(bench.leases(1)).hasSize(2);
    bench.finish(1, bench.leases(1).get(0).id(), 2);

    assertThat(bench.outcomes(CLIENT)).extracting(Outcome::id).containsExactly(1L);
    assertThat(bench.outcomes(OTHER_CLIENT)).extracting(Outcome::id).containsExactly(1L);
    bench.submit(OTHER_CLIENT, 2, key("a"));
    assertThat(bench.outcomes(OTHER_CLIENT)).hasSize(2);
  }

  @Test
  void runsTheNextOfAKeyWhenOneFailsOrIsCancelled() {
    bench.register(1, 1);
    for (long task = 1; task <= 4; task++) {
      bench.submit(CLIENT, task, key("a"));
    }
    bench.cancel(CLIENT, 2, false); // waits
    bench.end(1, bench.lastLease(1).id(), Outcome.Kind.FAILURE);
    assertThat(bench.tasks(1)).containsExactly(1L, 3L);
    bench.end(1, bench.lastLease(1).id(), Outcome.Kind.CANCELLED);
    finishAll(1, 1);

    assertThat(bench.tasks(1)).containsExactly(1L, 3L, 4L);
    assertThat(bench.coordinator.isIdle()).isTrue();
  }

  @Test
  void refusesAKeyOfAnotherFunction() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1, key("a"));
    bench.submit(CLIENT, 2, new byte[] {2}, key("a"));
    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::id, Outcome::kind)
        .containsExactly(tuple(2L, Outcome.Kind.FAILURE));
    finishAll(1, 1);
    bench.submit(CLIENT, 3, new byte[] {2}, key("a"));

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.FAILURE, Outcome.Kind.VALUES, Outcome.Kind.FAILURE);
  }

  @Test
  void givesUpAWorkerThatIsSilent() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    for (int i = 0; i < Coordinator.MAX_SILENCES; i++) {
      bench.coordinator.listen(0);
    }
    assertThat(bench.killed).isEmpty();
    bench.coordinator.listen(0);
    assertThat(bench.killed).containsExactly(1);
    assertThat(bench.coordinator.workers()).isZero();
    bench.finish(1, bench.lastLease(1).id(), 1); // comes late
    assertThat(bench.outcomes(CLIENT)).isEmpty();
    bench.register(2, 1);

    assertThat(bench.tasks(2)).containsExactly(1L);
  }

  @Test
  void keepsAWorkerThatSaysSomethingInTime() {
    bench.register(1, 1);
    for (int i = 0; i < 3 * Coordinator.MAX_SILENCES; i++) {
      bench.coordinator.listen(0);
      if (i % Coordinator.MAX_SILENCES == 0) {
        bench.hear(1);
      }
    }

    assertThat(bench.killed).isEmpty();
  }
}
