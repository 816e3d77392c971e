package taskpool.coordinator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import taskpool.link.Assembler;
import taskpool.link.FunctionTable;
import taskpool.link.Link;
import taskpool.link.LinkSettings;
import taskpool.link.Outbox;
import taskpool.link.ParcelQueue;
import taskpool.protocol.Cancel;
import taskpool.protocol.Chunk;
import taskpool.protocol.Lease;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Parcel;
import taskpool.protocol.Terms;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerInfo;

/**
 * One worker as the coordinator sees it: the leases it holds, the credit it gave, and what is to be
 * told to it. Confined to the coordinator.
 */
final class WorkerPeer implements Outbox<LeaseBatch> {
  /** Beyond its free slots a worker is given no more than this to hold. */
  private static final long MAX_AHEAD_BYTES = 4 * 1024 * 1024;

  private static final int CANCEL_BYTES = 12;

  /** A lease that waits to be sent, still with its function. */
  private record Waiting(Task task, long id, byte @Nullable [] payload) implements Parcel<Waiting> {
    /** As if its function were in no parcel before it. */
    @Override
    public int ownBytes() {
      return OWN_BYTES + task.function.length + Terms.bytesOf(task.terms);
    }

    @Override
    public Waiting withPayload(byte @Nullable [] payload) {
      return new Waiting(task, id, payload);
    }

    Lease toLease(FunctionTable functions) {
      return new Lease(
          id,
          task.session.id,
          task.id,
          task.attempt(),
          functions.indexOf(task.function),
          task.bulk,
          task.terms,
          payload);
    }
  }

  final WorkerInfo info;
  final Link<LeaseBatch, WorkerBatch> link;
  final Assembler assembler = new Assembler();
  final Long2ObjectHashMap<Task> leases = new Long2ObjectHashMap<>();

  private final ParcelQueue<Waiting> waiting;
  private final ArrayDeque<Cancel> cancels = new ArrayDeque<>();
  private int credit;
  private int lent;
  private long leasedBytes;
  private long lastSent;
  private boolean doomed;
  private int silences;

  /** Whether it stands in the line of workers with a free slot, see {@link WorkerLine}. */
  boolean inIdleLine;

  /** Whether it stands in the line of workers that take work ahead, see {@link WorkerLine}. */
  boolean inAheadLine;

  WorkerPeer(WorkerInfo info, LinkSettings settings, Link.Transport<LeaseBatch> transport) {
    this.info = info;
    this.credit = info.slots();
    this.waiting = new ParcelQueue<>(settings);
    this.link = new Link<>(settings, this, transport);
  }

  boolean hasFreeSlot() {
    return !doomed && leases.size() < slots() && leases.size() < credit;
  }

  boolean takesWorkAhead() {
    return !doomed && leases.size() < credit && leasedBytes < MAX_AHEAD_BYTES;
  }

  /** How much it wants to hold, and how many of its leases have lent their slots to others. */
  void setCredit(int credit, int lent) {
    this.credit = credit;
    this.lent = lent;
  }

  private int slots() {
    return info.slots() + lent;
  }

  /** Its process is going to end: it gets no more leases, and its death is no task's fault. */
  void doom() {
    doomed = true;
  }

  boolean isDoomed() {
    return doomed;
  }

  /** It has said something. */
  void heard() {
    silences = 0;
  }

  /** It should say something by the next time. */
  void notHeard() {
    silences++;
  }

  /** How many times in a row nothing was heard of it. */
  int silences() {
    return silences;
  }

  void lease(Task task) {
    leases.put(task.leaseId(), task);
    leasedBytes += task.payload.length;
    waiting.add(new Waiting(task, task.leaseId(), task.payload));
  }

  /** Forgets a lease that has ended or come back; null if it is not this worker's (any more). */
  @Nullable Task release(long leaseId) {
    Task task = leases.remove(leaseId);
    if (task != null) {
      leasedBytes -= task.payload.length;
    }
    return task;
  }

  /**
   * The tasks that can have had a part in the worker's death. It starts leases in the order in
   * which they left, which is not that of their numbers when large ones are among them, so these
   * are the first ones it still holds, one per slot.
   */
  Set<Task> mayHaveStarted() {
    return leases.values().stream()
        .filter(task -> task.sentAs() > 0)
        .sorted(Comparator.comparingLong(Task::sentAs))
        .limit(slots())
        .collect(Collectors.toSet());
  }

  /** Asks the worker to stop a lease; waits until the lease itself has left. */
  void cancel(long leaseId, boolean interrupt) {
    cancels.add(new Cancel(leaseId, interrupt));
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty() && cancels.isEmpty();
  }

  @Override
  public long bytes() {
    return waiting.bytes() + (long) CANCEL_BYTES * cancels.size();
  }

  @Override
  public LeaseBatch take(int maxBytes) {
    List<Chunk> chunks = new ArrayList<>();
    List<Waiting> taken = new ArrayList<>();
    int cancelBytes = Math.min(CANCEL_BYTES * cancels.size(), Outbox.smallShare(maxBytes));
    waiting.drainTo(taken, chunks, maxBytes - cancelBytes);
    FunctionTable functions = new FunctionTable();
    List<Lease> leaving = new ArrayList<>(taken.size());
    for (Waiting lease : taken) {
      lease.task().sent(++lastSent);
      leaving.add(lease.toLease(functions));
    }
    List<Cancel> leavingCancels =
        Outbox.takeFirst(
            cancels,
            cancel -> !waiting.contains(cancel.id()),
            CANCEL_BYTES,
            Outbox.smallShare(maxBytes));
    return new LeaseBatch(functions.functions(), chunks, leaving, leavingCancels);
  }
}
