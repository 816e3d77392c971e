package taskpool.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;
import taskpool.link.Assembler;
import taskpool.link.Link;
import taskpool.link.LinkSettings;
import taskpool.link.Outbox;
import taskpool.link.ParcelQueue;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.Chunk;
import taskpool.protocol.Header;
import taskpool.protocol.Lease;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Progress;
import taskpool.protocol.Terms;
import taskpool.protocol.WorkerBatch;

/**
 * What a worker decides: which leases to hold, which to hand back, what to report. Plain Java:
 * events in through the methods, effects out through {@link Slots} and the transport, time as an
 * argument.
 *
 * <p>Confined to its actor (or to the simulator).
 */
public final class Worker implements Outbox<WorkerBatch> {
  /** Leases beyond the slots go back when nothing has ended for this long. */
  static final Duration STALL = Duration.ofMillis(5);

  private static final int SMALL_ITEM_BYTES = 24;

  private final Slots slots;
  private final LeaseWindow window;
  private final Link<WorkerBatch, LeaseBatch> link;
  private final Assembler assembler = new Assembler();
  private final LongHashSet held = new LongHashSet();

  /** Of those held that have any. */
  private final Long2ObjectHashMap<Terms> terms = new Long2ObjectHashMap<>();

  private final Deadlines deadlines;
  private final ArrayDeque<Overdue> overdue = new ArrayDeque<>();

  private final ParcelQueue<Outcome> outcomes;
  private final Map<Long, Progress> progress = new LinkedHashMap<>();
  private final ArrayDeque<CancelAnswer> cancelAnswers = new ArrayDeque<>();

  /** Newest first: each goes to the head of its lane, also when they take several batches. */
  private final ArrayDeque<Long> returned = new ArrayDeque<>();

  private final int maxTasks;

  /** How many leases have come and not gone without having started. */
  private int taken;

  private int lent;
  private boolean retiring;
  private int announcedCredit;
  private int announcedLent;
  private long lastEndNanos;

  public Worker(
      Slots slots,
      LinkSettings settings,
      WorkerLimits limits,
      Link.Transport<WorkerBatch> transport) {
    this.slots = slots;
    this.maxTasks = limits.tasks();
    this.deadlines = new Deadlines(limits.cancelGrace());
    this.window = new LeaseWindow(slots.count());
    this.announcedCredit = slots.count();
    this.outcomes = new ParcelQueue<>(settings);
    this.link = new Link<>(settings, this, transport);
  }

  /** A batch from the coordinator. */
  public void receive(Header header, @Nullable LeaseBatch batch, long nowNanos) {
    LeaseBatch next = link.receive(header, batch, nowNanos);
    if (next != null) {
      next.chunks().forEach(assembler::add);
      if (held.isEmpty()) {
        lastEndNanos = nowNanos;
      }
      for (Lease lease : next.leases()) {
        take(lease, next.functions().get(lease.function()));
      }
      for (Cancel cancel : next.cancels()) {
        cancel(cancel, nowNanos);
      }
    }
    link.flush(nowNanos);
  }

  private void take(Lease lease, byte[] function) {
    byte[] payload = assembler.payloadOf(lease);
    if (takesNothing()) {
      returned.addFirst(lease.id());
      return;
    }
    taken++;
    held.add(lease.id());
    if (lease.terms() != null) {
      terms.put(lease.id(), lease.terms());
    }
    slots.enqueue(new Assignment(lease, function, payload));
  }

  /**
   * Whether it is to be replaced, also because it has run as many tasks as it is to; but then one
   * that has lent its slot may need another.
   */
  private boolean takesNothing() {
    return retiring || (maxTasks > 0 && taken >= maxTasks && lent == 0);
  }

  private void cancel(Cancel cancel, long nowNanos) {
    long lease = cancel.id();
    if (!held.contains(lease)) {
      return; // its outcome or its return is on the way, and is the answer
    }
    if (slots.withdraw(lease)) {
      taken--;
      cancelAnswers.add(new CancelAnswer(lease, true));
      ended(Outcome.cancelled(lease, false));
    } else {
      boolean accepted = cancel.interrupt() && slots.interrupt(lease);
      cancelAnswers.add(new CancelAnswer(lease, accepted));
      if (accepted) {
        deadlines.cancelled(lease, terms.get(lease), nowNanos);
      }
    }
  }

  private void ended(Outcome outcome) {
    if (held.remove(outcome.id())) {
      terms.remove(outcome.id());
      deadlines.ended(outcome.id());
      progress.remove(outcome.id());
      outcomes.add(outcome);
    }
  }

  /** A lease whose terms limit its time has started. Call {@link #flush} afterwards. */
  public void started(long lease, long startNanos) {
    Terms known = terms.get(lease);
    if (held.contains(lease) && known != null) {
      deadlines.started(lease, known, startNanos);
    }
  }

  /** So many more tasks have lent their slots, or fewer. Call {@link #flush} afterwards. */
  public void lent(int more) {
    lent += more;
  }

  /**
   * This worker is to be replaced: what has not started goes back, nothing more is taken, and when
   * all is reported it {@link #isRetired}. Call {@link #flush} afterwards.
   */
  public void retire() {
    retiring = true;
    handBack();
  }

  /** Whether it holds and owes nothing any more, and will be given nothing. */
  public boolean isRetired() {
    return takesNothing() && announcedCredit == 0 && held.isEmpty() && link.atRest();
  }

  /** Tells the coordinator that this worker lives. */
  public void beat() {
    link.acknowledgeOnly();
  }

  private void handBack() {
    for (long lease : slots.withdrawAll()) {
      taken--;
      held.remove(lease);
      terms.remove(lease);
      returned.addFirst(lease);
    }
  }

  /** A lease has run. Call {@link #flush} after the last one that is known. */
  public void finished(Outcome outcome, long runNanos, long nowNanos) {
    window.ran(runNanos);
    lastEndNanos = nowNanos;
    ended(outcome);
  }

  /** A running lease reports how far it is. Call {@link #flush} afterwards. */
  public void progressed(Progress report) {
    if (held.contains(report.id())) {
      progress.put(report.id(), report);
    }
  }

  /** Sends what may be sent. */
  public void flush(long nowNanos) {
    link.flush(nowNanos);
  }

  /**
   * Hands back what can't start soon, sees to limits, repeats and acknowledges; to be called at
   * {@link #nextTickNanos}.
   */
  public void tick(long nowNanos) {
    if (held.size() > slots() && nowNanos - lastEndNanos >= STALL.toNanos()) {
      handBack();
      window.stalled();
    }
    deadlines.takeSoft(nowNanos).forEach(slots::expire);
    overdue.addAll(deadlines.takeOverdue(nowNanos));
    link.flush(nowNanos);
    link.tick(nowNanos);
  }

  /**
   * When to call {@link #tick} next: soon while leases wait here for a slot; empty if not before
   * the next event.
   */
  public OptionalLong nextTickNanos(long nowNanos) {
    OptionalLong deadline = deadlines.nextNanos();
    if (isQuiet()) {
      return deadline;
    }
    Duration soon = held.size() > slots() ? STALL : LinkSettings.TICK;
    long tick = nowNanos + soon.toNanos();
    return OptionalLong.of(
        deadline.isPresent() && deadline.getAsLong() - tick < 0 ? deadline.getAsLong() : tick);
  }

  private boolean isQuiet() {
    return link.atRest() && held.size() <= slots();
  }

  /** Whether {@link #tick} need not be called before the next event. */
  public boolean atRest() {
    return isQuiet() && deadlines.nextNanos().isEmpty();
  }

  /** How many leases to hold: none soon, if this worker is to be replaced. */
  private int credit() {
    if (takesNothing()) {
      return 0;
    }
    int wanted = window.credit() + lent;
    return maxTasks == 0 || lent > 0 ? wanted : Math.min(wanted, held.size() + maxTasks - taken);
  }

  /** How many leases can run now. */
  private int slots() {
    return slots.count() + lent;
  }

  /** Leases that have not ended here. */
  public int held() {
    return held.size();
  }

  @Override
  public boolean isEmpty() {
    return outcomes.isEmpty()
        && progress.isEmpty()
        && cancelAnswers.isEmpty()
        && overdue.isEmpty()
        && returned.isEmpty()
        && lent == announcedLent
        && (takesNothing() ? announcedCredit == 0 : credit() <= announcedCredit);
  }

  @Override
  public long bytes() {
    return outcomes.bytes()
        + (long) Progress.MAX_BYTES * progress.size()
        + (long) SMALL_ITEM_BYTES * (cancelAnswers.size() + overdue.size() + returned.size());
  }

  @Override
  public WorkerBatch take(int maxBytes) {
    List<Chunk> chunks = new ArrayList<>();
    List<Outcome> ended = new ArrayList<>();
    int share = Outbox.smallShare(maxBytes);
    List<Progress> reports = Outbox.takeFirst(progress.values(), Progress.MAX_BYTES, share);
    List<CancelAnswer> answers = Outbox.takeFirst(cancelAnswers, SMALL_ITEM_BYTES, share);
    List<Overdue> late = Outbox.takeFirst(overdue, SMALL_ITEM_BYTES, share);
    List<Long> back = Outbox.takeFirst(returned, SMALL_ITEM_BYTES, share);
    int smallBytes =
        Progress.MAX_BYTES * reports.size()
            + SMALL_ITEM_BYTES * (answers.size() + late.size() + back.size());
    outcomes.drainTo(ended, chunks, Math.max(share, maxBytes - smallBytes));
    announcedCredit = credit();
    announcedLent = lent;
    return new WorkerBatch(
        reports, chunks, ended, answers, late, back, announcedLent, announcedCredit);
  }
}
