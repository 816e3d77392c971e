package taskpool.coordinator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;
import taskpool.coordinator.sync.Primitives;
import taskpool.link.Link;
import taskpool.link.LinkSettings;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Progress;
import taskpool.protocol.Submission;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerInfo;

/**
 * What the coordinator decides: which task goes to which worker, what becomes of tasks whose worker
 * or client is gone, and what is told to whom. Plain Java: events in through the methods, effects
 * out through the {@link Port}, time as an argument.
 *
 * <p>Confined to its actor (or to the simulator).
 */
public final class Coordinator {

  /** Where the coordinator's effects go. */
  public interface Port {
    void toWorker(int worker, Header header, @Nullable LeaseBatch batch);

    void toClient(int session, Header header, @Nullable CompletionBatch batch);

    /** The worker's process must end, whatever it is doing; {@link #workerLost} is to follow. */
    void kill(int worker);

    /**
     * Threads wait for one another's locks.
     *
     * @param circle names them and the locks
     * @return whether the one that closed the circle is to stop waiting
     */
    boolean breakDeadlock(String circle);
  }

  /** A task that has seen this many of its workers die is not tried again. */
  public static final int MAX_DEATHS = 3;

  /** So many times a worker may be silent from one {@link #listen} to the next. */
  public static final int MAX_SILENCES = 5;

  private final LinkSettings workerLinks;
  private final Port port;
  private final Map<Integer, Session> sessions = new LinkedHashMap<>();
  private final Map<Integer, WorkerPeer> workers = new LinkedHashMap<>();
  private final WorkerLine line = new WorkerLine();

  /** Their registration may still be on its way when their death is known. */
  private final IntHashSet dead = new IntHashSet();

  /** The same for clients: a late request must not open a session that nobody would close. */
  private final IntHashSet closed = new IntHashSet();

  private final Set<Link<?, ?>> changed = new LinkedHashSet<>();
  private final Tasks tasks;
  private final Primitives primitives;
  private long lastLease;

  /**
   * Creates a coordinator without workers.
   *
   * @param random spreads what would be tried again at the same time
   */
  public Coordinator(LinkSettings workerLinks, RandomGenerator random, Port port) {
    this.workerLinks = workerLinks;
    this.port = port;
    this.tasks = new Tasks(random, changed);
    this.primitives = new Primitives(this::reply, port::breakDeadlock);
  }

  /** A client is there; asking again is harmless. One that is known to be gone is not taken. */
  public void openSession(int id, LinkSettings settings, long nowNanos) {
    if (closed.contains(id)) {
      return;
    }
    Session session =
        sessions.computeIfAbsent(
            id,
            key -> new Session(id, settings, (header, batch) -> port.toClient(id, header, batch)));
    session.link.acknowledgeOnly();
  }

  /** A batch from a client. One from a session that is not open is dropped; it will be repeated. */
  public void fromClient(int id, Header header, @Nullable ClientBatch batch, long nowNanos) {
    Session session = sessions.get(id);
    if (session == null) {
      return;
    }
    ClientBatch next = session.link.receive(header, batch, nowNanos);
    changed.add(session.link);
    if (next != null) {
      next.chunks().forEach(session.assembler::add);
      for (Submission submission : next.submissions()) {
        tasks.accept(session, submission, next.functions().get(submission.function()), nowNanos);
      }
      for (Cancel cancel : next.cancels()) {
        Task task = session.tasks.get(cancel.id());
        if (task != null) { // else its outcome is on the way, and is the answer
          cancel(task, cancel.interrupt(), nowNanos);
        }
      }
      next.requests().forEach(request -> ask(session, request, nowNanos));
    }
    dispatchAndFlush(nowNanos);
  }

  private void ask(Session session, SyncRequest request, long nowNanos) {
    byte[] payload = session.assembler.payloadOf(request);
    primitives.request(session.id, request.withPayload(payload), nowNanos);
  }

  private void reply(int id, SyncReply reply) {
    Session session = sessions.get(id);
    if (session != null) {
      session.tell(reply);
      changed.add(session.link);
    }
  }

  private void cancel(Task task, boolean interrupt, long nowNanos) {
    WorkerPeer worker = task.worker();
    if (!tasks.cancel(task, nowNanos) && worker != null) {
      worker.cancel(task.leaseId(), interrupt);
      changed.add(worker.link);
    }
  }

  /** A client is gone: its waiting tasks are dropped, its running ones stopped. */
  public void closeSession(int id, long nowNanos) {
    closed.add(id);
    Session session = sessions.remove(id);
    if (session == null) {
      return;
    }
    session.close();
    tasks.removeLane(session);
    primitives.sessionClosed(id, nowNanos);
    changed.remove(session.link);
    for (Task task : List.copyOf(session.tasks.values())) {
      cancel(task, true, nowNanos);
    }
    dispatchAndFlush(nowNanos);
  }

  /**
   * A worker is there; asking again is harmless.
   *
   * @return false if it is known to be dead: then it is not taken
   */
  public boolean registerWorker(WorkerInfo info, long nowNanos) {
    int number = info.number();
    if (dead.contains(number)) {
      return false;
    }
    WorkerPeer known = workers.get(number);
    if (known == null) {
      known =
          new WorkerPeer(
              info, workerLinks, (header, batch) -> port.toWorker(number, header, batch));
      workers.put(number, known);
    }
    tasks.someWorkers();
    known.link.acknowledgeOnly();
    line.add(known);
    dispatchAndFlush(nowNanos);
    return true;
  }

  /** A batch from a worker. One that is not known, or was given up, is not listened to. */
  public void fromWorker(int number, Header header, @Nullable WorkerBatch batch, long nowNanos) {
    WorkerPeer worker = workers.get(number);
    if (worker == null) {
      return;
    }
    worker.heard();
    WorkerBatch next = worker.link.receive(header, batch, nowNanos);
    changed.add(worker.link);
    if (next != null) {
      apply(worker, next, nowNanos);
      line.add(worker);
    }
    dispatchAndFlush(nowNanos);
  }

  private void apply(WorkerPeer worker, WorkerBatch batch, long nowNanos) {
    batch.progress().forEach(report -> passOn(worker, report));
    batch.chunks().forEach(worker.assembler::add);
    for (Outcome outcome : batch.outcomes()) {
      byte[] payload = worker.assembler.payloadOf(outcome);
      Task task = worker.release(outcome.id());
      if (task != null) {
        tasks.ran(task, outcome.withPayload(payload), nowNanos);
      }
    }
    for (CancelAnswer answer : batch.cancelAnswers()) {
      Task task = worker.leases.get(answer.id());
      if (task != null) {
        task.cancelAnswered(answer.accepted());
        tasks.answerCancel(task, answer.accepted());
      }
    }
    batch.overdue().forEach(report -> stop(worker, report));
    for (long lease : batch.returned()) {
      Task task = worker.release(lease);
      if (task != null) {
        tasks.handedBack(task, nowNanos);
      }
    }
    worker.setCredit(batch.credit(), batch.lent());
  }

  private void passOn(WorkerPeer worker, Progress report) {
    Task task = worker.leases.get(report.id());
    if (task != null && !task.session.isClosed()) {
      task.session.tell(report.withId(task.id));
      changed.add(task.session.link);
    }
  }

  /** Nothing but the end of its process stops what a worker runs. */
  private void stop(WorkerPeer worker, Overdue report) {
    Task task = worker.leases.get(report.lease());
    if (task != null) {
      task.overdue(report);
      worker.doom();
      port.kill(worker.info.number());
    }
  }

  /** A worker's process is dead, or it is given up: what it held runs elsewhere. */
  public void workerLost(int number, LostWorker details, long nowNanos) {
    dead.add(number);
    WorkerPeer worker = workers.remove(number);
    if (worker == null) {
      return;
    }
    boolean doomed = worker.isDoomed();
    worker.doom();
    changed.remove(worker.link);
    List<Task> held = new ArrayList<>(worker.leases.values());
    held.sort(Comparator.comparingLong(Task::leaseId));
    Set<Task> mayHaveStarted = worker.mayHaveStarted();
    for (int i = held.size() - 1; i >= 0; i--) {
      Task task = held.get(i);
      tasks.lost(task, !doomed && mayHaveStarted.contains(task), details, nowNanos);
    }
    dispatchAndFlush(nowNanos);
  }

  /** A worker is given up because it stopped answering: its process is killed. */
  public void workerUnresponsive(int number, long nowNanos) {
    WorkerPeer worker = workers.get(number);
    if (worker != null) {
      port.kill(number);
      workerLost(number, LostWorker.unresponsive(worker.info), nowNanos);
    }
  }

  /**
   * Gives up the workers that have long been silent, though they ought to say every now and then
   * that they live. To be called as often as they ought to. Counts calls, not time: a coordinator
   * that was itself suspended takes nobody for dead.
   */
  public void listen(long nowNanos) {
    for (WorkerPeer worker : List.copyOf(workers.values())) {
      if (worker.silences() >= MAX_SILENCES) {
        workerUnresponsive(worker.info.number(), nowNanos);
      } else {
        worker.notHeard();
      }
    }
  }

  /**
   * No worker can be started: every task that waits, or comes yet, fails. Not while one works: it
   * has registered since that was found.
   */
  public void giveUp(LostWorker reason, long nowNanos) {
    if (!workers.isEmpty()) {
      return;
    }
    tasks.noWorkers(reason);
    for (Session session : sessions.values()) {
      for (Task task : List.copyOf(session.tasks.values())) {
        if (task.worker() == null && !task.state().isFinal()) {
          tasks.giveUp(task, reason, nowNanos);
        }
      }
    }
    dispatchAndFlush(nowNanos);
  }

  /** Whether no task is left. */
  public boolean isIdle() {
    return tasks.isEmpty();
  }

  /** The workers that are registered and not lost. */
  public int workers() {
    return workers.size();
  }

  private void dispatchAndFlush(long nowNanos) {
    while (!tasks.noneQueued()) {
      WorkerPeer worker = line.next();
      if (worker == null) {
        break;
      }
      Task task = tasks.next();
      if (task == null) {
        line.add(worker);
        break;
      }
      task.leasedTo(worker, ++lastLease);
      worker.lease(task);
      changed.add(worker.link);
      line.add(worker);
    }
    changed.forEach(link -> link.flush(nowNanos));
    changed.clear();
  }

  /**
   * Lets delayed tasks queue, repeats and acknowledges what is due; to be called every {@link
   * LinkSettings#TICK} while this is not {@link #atRest}, and at {@link #nextDueNanos}.
   */
  public void tick(long nowNanos) {
    tasks.release(nowNanos);
    primitives.tick(nowNanos);
    dispatchAndFlush(nowNanos);
    sessions.values().forEach(session -> session.link.tick(nowNanos));
    workers.values().forEach(worker -> worker.link.tick(nowNanos));
  }

  /** When the next delayed task, or the end of a wait, is due; empty if there is none. */
  public OptionalLong nextDueNanos() {
    OptionalLong task = tasks.nextDueNanos();
    OptionalLong wait = primitives.nextDeadlineNanos();
    if (task.isEmpty() || wait.isEmpty()) {
      return task.isEmpty() ? wait : task;
    }
    return task.getAsLong() - wait.getAsLong() < 0 ? task : wait;
  }

  /** Whether {@link #tick} need not be called before the next event, or {@link #nextDueNanos}. */
  public boolean atRest() {
    return sessions.values().stream().allMatch(session -> session.link.atRest())
        && workers.values().stream().allMatch(worker -> worker.link.atRest());
  }
}
