package taskpool.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import taskpool.link.LinkSettings;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.Header;
import taskpool.protocol.Lease;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Terms;
import taskpool.protocol.WorkerBatch;

class WorkerTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  /** One slot; the test says when a lease starts and what an interrupt does. */
  private static final class OneSlot implements Slots {
    final List<Long> waiting = new ArrayList<>();
    final List<Long> expired = new ArrayList<>();
    long running;

    @Override
    public int count() {
      return 1;
    }

    @Override
    public void enqueue(Assignment assignment) {
      waiting.add(assignment.id());
    }

    void startNext() {
      running = waiting.remove(0);
    }

    @Override
    public boolean withdraw(long lease) {
      return waiting.remove(lease);
    }

    @Override
    public List<Long> withdrawAll() {
      List<Long> all = List.copyOf(waiting);
      waiting.clear();
      return all;
    }

    @Override
    public boolean interrupt(long lease) {
      return lease == running;
    }

    @Override
    public void expire(long lease) {
      expired.add(lease);
    }
  }

  private final OneSlot slot = new OneSlot();
  private final List<WorkerBatch> sent = new ArrayList<>();
  private final Worker worker =
      new Worker(
          slot,
          LinkSettings.local(),
          WorkerLimits.NONE,
          (header, batch) -> {
            if (batch != null) {
              sent.add(batch);
            }
          });
  private long received;

  private void lease(long... leases) {
    receive(leases(leases));
  }

  private void cancel(long lease, boolean interrupt) {
    List<Cancel> cancels = List.of(new Cancel(lease, interrupt));
    receive(new LeaseBatch(List.of(), List.of(), List.of(), cancels));
  }

  private void receive(LeaseBatch batch) {
    worker.receive(new Header(++received, Long.MAX_VALUE), batch, 0);
  }

  private void run(long lease, long runNanos) {
    worker.finished(new Outcome(lease, Outcome.Kind.VALUES, new byte[0]), runNanos, 0);
    worker.flush(0);
  }

  private WorkerBatch last() {
    return sent.get(sent.size() - 1);
  }

  @Test
  void asksForMoreWhileTasksAreShort() {
    lease(1);
    run(1, 1_000);
    int first = last().credit();
    for (long id = 2; id <= 50; id++) {
      lease(id);
      run(id, 1_000);
    }

    assertThat(first).isGreaterThan(1);
    assertThat(last().credit()).isBetween(500, 2_049);
  }

  @Test
  void asksForNoMoreThanItsSlotsWhileTasksAreLong() {
    for (long id = 1; id <= 5; id++) {
      lease(id);
      run(id, 10 * MILLI);
    }

    assertThat(sent).extracting(WorkerBatch::credit).containsOnly(1);
  }

  @Test
  void handsBackWhatCannotStartSoonNewestFirst() {
    lease(1, 2, 3);
    slot.startNext();
    worker.tick(4 * MILLI);
    assertThat(sent).isEmpty();
    worker.tick(5 * MILLI);

    assertThat(last().returned()).containsExactly(3L, 2L);
    assertThat(last().credit()).isEqualTo(1);
    assertThat(worker.held()).isEqualTo(1);
  }

  @Test
  void looksForStallsOftenOnlyWhileLeasesWait() {
    lease(1, 2);
    assertThat(worker.nextTickNanos(0)).hasValue(Worker.STALL.toNanos());
    assertThat(worker.atRest()).isFalse();
    run(1, MILLI);

    assertThat(worker.nextTickNanos(0)).hasValue(LinkSettings.TICK.toNanos());
  }

  @Test
  void cancelsALeaseThatHasNotStarted() {
    lease(1, 2);
    slot.startNext();
    cancel(2, false);

    assertThat(last().cancelAnswers()).containsExactly(new CancelAnswer(2, true));
    assertThat(last().outcomes()).containsExactly(new Outcome(2, Outcome.Kind.CANCELLED, null));
    assertThat(slot.waiting).isEmpty();
  }

  @Test
  void cancelsARunningLeaseOnlyByInterruptingIt() {
    lease(1);
    slot.startNext();
    cancel(1, false);
    assertThat(last().cancelAnswers()).containsExactly(new CancelAnswer(1, false));
    cancel(1, true);

    assertThat(last().cancelAnswers()).containsExactly(new CancelAnswer(1, true));
    assertThat(last().outcomes()).isEmpty();
  }

  @Test
  void letsTheOutcomeAnswerACancelThatComesTooLate() {
    lease(1);
    run(1, MILLI);
    cancel(1, true);

    assertThat(sent).flatExtracting(WorkerBatch::cancelAnswers).isEmpty();
    assertThat(sent).flatExtracting(WorkerBatch::outcomes).hasSize(1);
  }

  @Test
  void refusesNoCancelOfALeaseThatIsOnItsWayBack() {
    lease(1, 2);
    slot.startNext();
    worker.tick(5 * MILLI);
    cancel(2, true);

    assertThat(sent).flatExtracting(WorkerBatch::cancelAnswers).isEmpty();
  }

  @Test
  void reportsAnEndOnce() {
    lease(1);
    run(1, MILLI);
    run(1, MILLI);

    assertThat(sent).flatExtracting(WorkerBatch::outcomes).hasSize(1);
  }

  private static Lease limited(long id, long softNanos, long hardNanos, Terms.Retry retry) {
    Terms terms = new Terms(Terms.NORMAL, 0, softNanos, hardNanos, retry, null);
    return new Lease(id, 1, id, 1, 0, false, terms, new byte[0]);
  }

  private void lease(Lease lease) {
    receive(new LeaseBatch(List.of(new byte[] {1}), List.of(), List.of(lease), List.of()));
  }

  @Test
  void interruptsAtTheSoftLimitAndGivesUpAtTheHardOne() {
    lease(limited(1, 10, 20, new Terms.Retry(2, 1, 1, List.of("java.lang.RuntimeException"))));
    slot.startNext();
    worker.started(1, 100);
    assertThat(worker.nextTickNanos(100)).hasValue(110);
    worker.tick(109);
    assertThat(slot.expired).isEmpty();
    worker.tick(110);
    worker.tick(111);
    assertThat(slot.expired).containsExactly(1L);
    worker.tick(120);
    worker.tick(121);

    assertThat(sent)
        .flatExtracting(WorkerBatch::overdue)
        .containsExactly(new Overdue(1, Overdue.Reason.HARD_LIMIT, true));
  }

  @Test
  void forgetsTheLimitsOfWhatHasEnded() {
    lease(limited(1, 10, 20, null));
    slot.startNext();
    worker.started(1, 0);
    run(1, 5);
    worker.tick(30);

    assertThat(slot.expired).isEmpty();
    assertThat(sent).flatExtracting(WorkerBatch::overdue).isEmpty();
  }

  @Test
  void givesUpWhatDoesNotHeedAnInterrupt() {
    lease(1);
    slot.startNext();
    cancel(1, true);
    receive(new LeaseBatch(List.of(), List.of(), List.of(), List.of())); // acknowledges
    long grace = WorkerLimits.NONE.cancelGrace().toNanos();
    worker.tick(grace - 1);
    assertThat(sent).flatExtracting(WorkerBatch::overdue).isEmpty();
    worker.tick(grace);

    assertThat(last().overdue()).containsExactly(new Overdue(1, Overdue.Reason.CANCELLED, false));
  }

  @Test
  void handsBackAndTakesNothingMoreWhenItRetires() {
    lease(1, 2);
    slot.startNext();
    worker.retire();
    worker.flush(0);
    assertThat(last().returned()).containsExactly(2L);
    assertThat(last().credit()).isZero();
    lease(3); // was on its way
    assertThat(last().returned()).containsExactly(3L);
    assertThat(worker.isRetired()).isFalse();
    run(1, 1);
    receive(new LeaseBatch(List.of(), List.of(), List.of(), List.of()));
    worker.tick(LinkSettings.TICK.toNanos());

    assertThat(worker.isRetired()).isTrue();
  }

  /** One that is to run two tasks and no more. */
  private Worker mortal(List<WorkerBatch> batches) {
    return new Worker(
        slot,
        LinkSettings.local(),
        new WorkerLimits(WorkerLimits.NONE.cancelGrace(), 2, 0),
        (header, batch) -> {
          if (batch != null) {
            batches.add(batch);
          }
        });
  }

  private static LeaseBatch leases(long... ids) {
    List<Lease> all =
        LongStream.of(ids)
            .mapToObj(id -> new Lease(id, 1, id, 1, 0, false, null, new byte[0]))
            .toList();
    return new LeaseBatch(List.of(new byte[] {1}), List.of(), all, List.of());
  }

  private static Header header(long sequence) {
    return new Header(sequence, Long.MAX_VALUE);
  }

  @Test
  void takesNoMoreTasksThanItIsToRun() {
    List<WorkerBatch> batches = new ArrayList<>();
    mortal(batches).receive(header(1), leases(1, 2, 3), 0);

    assertThat(slot.waiting).containsExactly(1L, 2L);
    assertThat(batches.get(0).returned()).containsExactly(3L);
    assertThat(batches.get(0).credit()).isZero();
  }

  @Test
  void doesNotCountWhatItHandedBackAmongTheTasksItIsToRun() {
    List<WorkerBatch> batches = new ArrayList<>();
    Worker mortal = mortal(batches);
    mortal.receive(header(1), leases(1, 2), 0);
    slot.startNext();
    mortal.tick(5 * MILLI);
    assertThat(batches).flatExtracting(WorkerBatch::returned).containsExactly(2L);
    mortal.receive(header(2), leases(), 5 * MILLI);
    mortal.finished(new Outcome(1, Outcome.Kind.VALUES, new byte[0]), 5 * MILLI, 5 * MILLI);
    mortal.flush(5 * MILLI);
    assertThat(batches.get(batches.size() - 1).credit()).isEqualTo(1);
    mortal.receive(header(3), leases(3, 4), 5 * MILLI);

    assertThat(slot.waiting).containsExactly(3L);
    assertThat(batches).flatExtracting(WorkerBatch::returned).containsExactly(2L, 4L);
  }

  @Test
  void doesNotCountWhatWasCancelledBeforeItStartedAmongTheTasksItIsToRun() {
    List<WorkerBatch> batches = new ArrayList<>();
    Worker mortal = mortal(batches);
    mortal.receive(header(1), leases(1, 2), 0);
    slot.startNext();
    mortal.receive(
        header(2),
        new LeaseBatch(List.of(), List.of(), List.of(), List.of(new Cancel(2, false))),
        0);
    mortal.receive(header(3), leases(3), 0);

    assertThat(slot.waiting).containsExactly(3L);
    assertThat(batches).flatExtracting(WorkerBatch::returned).isEmpty();
  }
}
