package taskpool.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import taskpool.codec.LostWorkers;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.Lease;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;

class CoordinatorTest {
  private static final int CLIENT = 1;
  private static final int OTHER_CLIENT = 2;

  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open(CLIENT);
    bench.open(OTHER_CLIENT);
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void givesEachFreeSlotOneTaskBeforeAnyGetsWorkAhead() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.finish(1, bench.lastLease(1).id(), 50);
    bench.register(2, 2);
    bench.submit(CLIENT, 2, 3, 4, 5);

    assertThat(bench.tasks(1)).containsExactly(1L, 2L, 5L);
    assertThat(bench.tasks(2)).containsExactly(3L, 4L);
  }

  @Test
  void givesNoWorkerMoreThanItsCredit() {
    bench.register(1, 1);
    bench.submit(CLIENT, upTo(100), new byte[0]);
    assertThat(bench.tasks(1)).containsExactly(1L);
    bench.finish(1, bench.lastLease(1).id(), 10);

    assertThat(bench.leases(1)).hasSize(11);
  }

  @Test
  void sharesTheWorkersFairlyBetweenUnequalLanes() {
    bench.register(1, 1);
    bench.submit(CLIENT, upTo(5_000), new byte[0]);
    bench.submit(OTHER_CLIENT, upTo(500), new byte[0]);
    for (int i = 0; i < 800; i++) {
      bench.finish(1, bench.lastLease(1).id(), 1);
    }

    long ofOther = bench.leases(1).stream().filter(l -> l.session() == OTHER_CLIENT).count();
    assertThat((double) ofOther).isCloseTo(400, within(40.0));
  }

  @Test
  void makesLargePayloadsPayForTheWire() {
    bench.register(1, 1);
    bench.submit(CLIENT, upTo(200), new byte[16_384 * 3]);
    bench.submit(OTHER_CLIENT, upTo(1_000), new byte[0]);
    for (int i = 0; i < 500; i++) {
      bench.finish(1, bench.lastLease(1).id(), 1);
    }

    long large = bench.leases(1).stream().filter(lease -> lease.session() == CLIENT).count();
    assertThat((double) large).isCloseTo(100, within(10.0));
  }

  @Test
  void runsWhatADeadWorkerHeldElsewhereAsTheNextAttempt() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.register(2, 1);
    bench.lose(1);

    Lease again = bench.lastLease(2);
    assertThat(again.task()).isEqualTo(1);
    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  void givesUpATaskThatHasSeenThreeOfItsWorkersDie() {
    bench.submit(CLIENT, 1);
    for (int worker = 1; worker <= 3; worker++) {
      assertThat(bench.outcomes(CLIENT)).isEmpty();
      bench.register(worker, 1);
      bench.lose(worker);
    }

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::id, Outcome::kind)
        .containsExactly(tuple(1L, Outcome.Kind.LOST));
    assertThat(bench.coordinator.isIdle()).isTrue();
  }

  @Test
  void countsNoDeathForATaskThatCannotHaveStarted() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.finish(1, bench.lastLease(1).id(), 2);
    bench.submit(CLIENT, 2, 3);
    bench.lose(1);
    for (int worker = 2; worker <= 3; worker++) {
      bench.register(worker, 1);
      bench.lose(worker);
    }
    bench.register(4, 1);

    assertThat(bench.outcomes(CLIENT)).extracting(Outcome::id).containsExactly(1L, 2L);
    assertThat(bench.tasks(4)).containsExactly(3L);
  }

  @Test
  void takesNoRegistrationOfADeadWorker() {
    bench.lose(1);
    bench.register(1, 1);
    bench.submit(CLIENT, 1);

    assertThat(bench.coordinator.workers()).isZero();
    assertThat(bench.leases(1)).isEmpty();
  }

  @Test
  void putsWhatIsHandedBackAtTheHeadInOrder() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.finish(1, bench.lastLease(1).id(), 4);
    bench.submit(CLIENT, 2, 3, 4, 5, 6, 7);
    List<Long> held = bench.leases(1).stream().map(Lease::id).toList();
    bench.handBack(1, List.of(held.get(4), held.get(3), held.get(2)), 1);
    bench.register(2, 5);

    assertThat(bench.tasks(2)).containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(bench.leases(2)).extracting(Lease::attempt).containsOnly(1);
  }

  @Test
  void cancelsAQueuedTaskAtOnce() {
    bench.submit(CLIENT, 1);
    bench.cancel(CLIENT, 1, false);
    bench.register(1, 1);

    assertThat(bench.answers(CLIENT)).containsExactly(new CancelAnswer(1, true));
    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.CANCELLED);
    assertThat(bench.leases(1)).isEmpty();
  }

  @Test
  void saysOfWhatIsCancelledWhetherItMayHaveBegun() {
    bench.submit(CLIENT, 1, 2);
    bench.cancel(CLIENT, 2, false);
    bench.register(1, 1);
    bench.lose(1);
    bench.cancel(CLIENT, 1, false);

    assertThat(bench.outcomes(CLIENT)).extracting(Outcome::id).containsExactly(2L, 1L);
    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::hasNeverBegun)
        .containsExactly(true, false);
  }

  @Test
  void doesNotForgetAnEarlierRunOfWhatAWorkerHadNotBegun() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.lose(1);
    bench.register(2, 1);
    bench.withdrawn(2, bench.lastLease(2).id());

    assertThat(bench.outcomes(CLIENT)).extracting(Outcome::hasNeverBegun).containsExactly(false);
  }

  @Test
  void asksTheWorkerToCancelALeaseAndPassesItsAnswerOn() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.cancel(CLIENT, 1, true);
    long lease = bench.lastLease(1).id();
    assertThat(bench.cancels(1)).containsExactly(new Cancel(lease, true));
    bench.answer(1, lease, false);

    assertThat(bench.answers(CLIENT)).containsExactly(new CancelAnswer(1, false));
    assertThat(bench.outcomes(CLIENT)).isEmpty();
  }

  @Test
  void runsNothingAgainWhoseCancellationWasAskedWhenItsWorkerDied() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.cancel(CLIENT, 1, false);
    bench.cancel(CLIENT, 1, true);
    bench.answer(1, bench.lastLease(1).id(), false);
    bench.lose(1);
    bench.register(2, 1);

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.CANCELLED);
    assertThat(bench.leases(2)).isEmpty();
  }

  @Test
  void keepsItsWordOnACancellationWhenTheLastAttemptDies() {
    bench.submit(CLIENT, 1);
    for (int worker = 1; worker <= 3; worker++) {
      bench.register(worker, 1);
      if (worker == 3) {
        bench.cancel(CLIENT, 1, true);
        bench.answer(worker, bench.lastLease(worker).id(), true);
      }
      bench.lose(worker);
    }

    assertThat(bench.answers(CLIENT)).contains(new CancelAnswer(1, true));
    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.CANCELLED);
  }

  @Test
  void dropsAndInterruptsTheTasksOfAClosedSession() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1, 2);
    long lease = bench.lastLease(1).id();
    bench.coordinator.closeSession(CLIENT, 0);
    bench.settle();
    assertThat(bench.cancels(1)).containsExactly(new Cancel(lease, true));
    bench.finish(1, lease, 1);

    assertThat(bench.tasks(1)).containsExactly(1L);
    assertThat(bench.outcomes(CLIENT)).isEmpty();
    assertThat(bench.coordinator.isIdle()).isTrue();
  }

  @Test
  void opensNoSessionThatWasClosed() {
    bench.coordinator.closeSession(CLIENT, 0);
    bench.open(CLIENT);
    bench.submit(CLIENT, 1);

    assertThat(bench.coordinator.isIdle()).isTrue();
  }

  @Test
  void failsWhatIsQueuedAndWhatComesWhenNoWorkerCanBeStarted() {
    bench.submit(CLIENT, 1);
    bench.coordinator.giveUp(new LostWorker("", 0, 1, List.of()), 0);
    bench.submit(CLIENT, 2);

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsExactly(Outcome.Kind.LOST, Outcome.Kind.LOST);
  }

  @Test
  void doesNotGiveUpWhenAWorkerHasJustRegistered() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1, 2);
    bench.coordinator.giveUp(new LostWorker("", 0, 1, List.of()), 0);
    bench.submit(CLIENT, 3);
    for (long task = 1; task <= 3; task++) {
      bench.finish(1, bench.lastLease(1).id(), 1);
    }

    assertThat(bench.outcomes(CLIENT))
        .extracting(Outcome::kind)
        .containsOnly(Outcome.Kind.VALUES)
        .hasSize(3);
  }

  @Test
  void tellsOfAWorkerThatStoppedAnsweringThatItWasKilled() {
    bench.submit(CLIENT, 1);
    for (int worker = 1; worker <= Coordinator.MAX_DEATHS; worker++) {
      bench.register(worker, 1);
      for (int i = 0; i <= Coordinator.MAX_SILENCES; i++) {
        bench.coordinator.listen(0);
      }
      bench.settle();
    }

    assertThat(bench.killed).containsExactly(1, 2, 3);
    Outcome outcome = bench.outcomes(CLIENT).get(0);
    assertThat(LostWorkers.toException(Objects.requireNonNull(outcome.payload())))
        .hasMessageContaining("worker-3 (pid 3) by SIGKILL")
        .hasMessageContaining("stopped answering");
  }

  @Test
  void killsAWorkerThatIsCutOff() {
    bench.register(1, 1);
    bench.submit(CLIENT, 1);
    bench.coordinator.workerUnresponsive(1, 0);
    bench.coordinator.workerUnresponsive(1, 0);
    bench.register(1, 1);
    bench.register(2, 1);

    assertThat(bench.killed).containsExactly(1);
    assertThat(bench.tasks(2)).containsExactly(1L);
  }
}
