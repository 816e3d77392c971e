package taskpool.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import taskpool.protocol.Progress;
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

  private final ParcelQueue<Outcome> outcomes;
  private final Map<Long, Progress> progress = new LinkedHashMap<>();
  private final ArrayDeque<CancelAnswer> cancelAnswers = new ArrayDeque<>();

  /** Newest first: each goes to the head of its lane, also when they take several batches. */
  private final ArrayDeque<Long> returned = new ArrayDeque<>();

  private int announcedCredit;
  private long lastEndNanos;

  public Worker(Slots slots, LinkSettings settings, Link.Transport<WorkerBatch> transport) {
    this.slots = slots;
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
        held.add(lease.id());
        slots.enqueue(
            new Assignment(
                lease.id(),
                lease.session(),
                lease.task(),
                lease.attempt(),
                next.functions().get(lease.function()),
                lease.bulk(),
                assembler.payloadOf(lease)));
      }
      next.cancels().forEach(this::cancel);
    }
    link.flush(nowNanos);
  }

  private void cancel(Cancel cancel) {
    long lease = cancel.id();
    if (!held.contains(lease)) {
      return; // its outcome or its return is on the way, and is the answer
    }
    if (slots.withdraw(lease)) {
      cancelAnswers.add(new CancelAnswer(lease, true));
      ended(new Outcome(lease, Outcome.Kind.CANCELLED, null));
    } else {
      boolean accepted = cancel.interrupt() && slots.interrupt(lease);
      cancelAnswers.add(new CancelAnswer(lease, accepted));
    }
  }

  private void ended(Outcome outcome) {
    if (held.remove(outcome.id())) {
      progress.remove(outcome.id());
      outcomes.add(outcome);
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

  /** Hands back what can't start soon, repeats and acknowledges; every {@link #tickInterval}. */
  public void tick(long nowNanos) {
    if (held.size() > slots.count() && nowNanos - lastEndNanos >= STALL.toNanos()) {
      for (long lease : slots.withdrawAll()) {
        held.remove(lease);
        returned.addFirst(lease);
      }
      window.stalled();
    }
    link.flush(nowNanos);
    link.tick(nowNanos);
  }

  /** How soon to call {@link #tick} next: often while leases wait here for a slot. */
  public Duration tickInterval() {
    return held.size() > slots.count() ? STALL : LinkSettings.TICK;
  }

  /** Whether {@link #tick} need not be called before the next event. */
  public boolean atRest() {
    return link.atRest() && held.size() <= slots.count();
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
        && returned.isEmpty()
        && window.credit() <= announcedCredit;
  }

  @Override
  public long bytes() {
    return outcomes.bytes()
        + (long) Progress.MAX_BYTES * progress.size()
        + (long) SMALL_ITEM_BYTES * (cancelAnswers.size() + returned.size());
  }

  @Override
  public WorkerBatch take(int maxBytes) {
    List<Chunk> chunks = new ArrayList<>();
    List<Outcome> taken = new ArrayList<>();
    int share = Outbox.smallShare(maxBytes);
    List<Progress> reports = Outbox.takeFirst(progress.values(), Progress.MAX_BYTES, share);
    List<CancelAnswer> answers = Outbox.takeFirst(cancelAnswers, SMALL_ITEM_BYTES, share);
    List<Long> back = Outbox.takeFirst(returned, SMALL_ITEM_BYTES, share);
    int smallBytes =
        Progress.MAX_BYTES * reports.size() + SMALL_ITEM_BYTES * (answers.size() + back.size());
    outcomes.drainTo(taken, chunks, Math.max(share, maxBytes - smallBytes));
    announcedCredit = window.credit();
    return new WorkerBatch(reports, chunks, taken, answers, back, announcedCredit);
  }
}
