package taskpool.coordinator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;
import taskpool.codec.LostWorkers;
import taskpool.lifecycle.TaskEvent;
import taskpool.lifecycle.TaskState;
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
import taskpool.protocol.Submission;
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

  /** Where the coordinator's messages go. */
  public interface Port {
    void toWorker(int worker, Header header, @Nullable LeaseBatch batch);

    void toClient(int session, Header header, @Nullable CompletionBatch batch);
  }

  /** A task that has seen this many of its workers die is not tried again. */
  public static final int MAX_DEATHS = 3;

  private final LinkSettings workerLinks;
  private final Port port;
  private final Map<Integer, Session> sessions = new LinkedHashMap<>();
  private final Map<Integer, WorkerPeer> workers = new LinkedHashMap<>();

  private final LaneTurns turns = new LaneTurns();
  private final WorkerLine line = new WorkerLine();

  /** Their registration may still be on its way when their death is known. */
  private final IntHashSet dead = new IntHashSet();

  /** The same for clients: a late request must not open a session that nobody would close. */
  private final IntHashSet closed = new IntHashSet();

  private final Set<Link<?, ?>> changed = new LinkedHashSet<>();
  private long lastLease;
  private long unfinished;
  private @Nullable LostWorker broken;

  public Coordinator(LinkSettings workerLinks, Port port) {
    this.workerLinks = workerLinks;
    this.port = port;
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
        accept(session, submission, next.functions().get(submission.function()));
      }
      for (Cancel cancel : next.cancels()) {
        cancel(session, cancel);
      }
    }
    dispatchAndFlush(nowNanos);
  }

  private void accept(Session session, Submission submission, byte[] function) {
    byte[] payload = session.assembler.payloadOf(submission);
    Task task = new Task(session, submission.id(), function, submission.bulk(), payload);
    session.tasks.put(task.id, task);
    unfinished++;
    if (broken != null) {
      end(task, TaskEvent.GIVE_UP, LostWorkers.outcome(task.id, broken));
      return;
    }
    session.enqueue(task);
    turns.add(session);
  }

  private void cancel(Session session, Cancel cancel) {
    Task task = session.tasks.get(cancel.id());
    if (task == null) {
      return; // its outcome is on the way, and is the answer
    }
    WorkerPeer worker = task.worker();
    if (worker == null) {
      session.tell(new CancelAnswer(task.id, true));
      end(task, TaskEvent.CANCEL, cancelled(task));
    } else {
      task.cancelAsked();
      worker.cancel(task.leaseId(), cancel.interrupt());
      changed.add(worker.link);
    }
  }

  private static Outcome cancelled(Task task) {
    return new Outcome(task.id, Outcome.Kind.CANCELLED, null);
  }

  /** A client is gone: its queued tasks are dropped, its running ones interrupted. */
  public void closeSession(int id, long nowNanos) {
    closed.add(id);
    Session session = sessions.remove(id);
    if (session == null) {
      return;
    }
    session.close();
    turns.remove(session);
    changed.remove(session.link);
    for (Task task : List.copyOf(session.tasks.values())) {
      WorkerPeer worker = task.worker();
      if (worker == null) {
        end(task, TaskEvent.CANCEL, cancelled(task));
      } else {
        task.cancelAsked();
        worker.cancel(task.leaseId(), true);
        changed.add(worker.link);
      }
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
    broken = null;
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
    WorkerBatch next = worker.link.receive(header, batch, nowNanos);
    changed.add(worker.link);
    if (next != null) {
      apply(worker, next);
      line.add(worker);
    }
    dispatchAndFlush(nowNanos);
  }

  private void apply(WorkerPeer worker, WorkerBatch batch) {
    batch
        .progress()
        .forEach(
            report -> {
              Task task = worker.leases.get(report.id());
              if (task != null && !task.session.isClosed()) {
                task.session.tell(report.withId(task.id));
                changed.add(task.session.link);
              }
            });
    batch.chunks().forEach(worker.assembler::add);
    for (Outcome outcome : batch.outcomes()) {
      byte[] payload = worker.assembler.payloadOf(outcome);
      Task task = worker.release(outcome.id());
      if (task != null) {
        Outcome whole = new Outcome(task.id, outcome.kind(), payload);
        end(task, eventOf(outcome.kind()), whole);
      }
    }
    for (CancelAnswer answer : batch.cancelAnswers()) {
      Task task = worker.leases.get(answer.id());
      if (task != null) {
        task.cancelAnswered(answer.accepted());
        answerCancel(task, answer.accepted());
      }
    }
    for (long lease : batch.returned()) {
      Task task = worker.release(lease);
      if (task != null) {
        task.handedBack();
        requeue(task);
      }
    }
    worker.setCredit(batch.credit());
  }

  private static TaskEvent eventOf(Outcome.Kind kind) {
    return switch (kind) {
      case VALUES -> TaskEvent.FINISH;
      case MIXED, FAILURE -> TaskEvent.FAIL;
      case LOST -> TaskEvent.GIVE_UP;
      case CANCELLED -> TaskEvent.CANCEL;
    };
  }

  private void answerCancel(Task task, boolean accepted) {
    if (!task.session.isClosed()) {
      task.session.tell(new CancelAnswer(task.id, accepted));
      changed.add(task.session.link);
    }
  }

  /** Puts a task back at the head of its lane, unless nobody wants it any more. */
  private void requeue(Task task) {
    if (task.isCancelWanted() || task.session.isClosed()) {
      answerCancel(task, true);
      end(task, TaskEvent.CANCEL, cancelled(task));
      return;
    }
    task.session.enqueueFirst(task);
    turns.add(task.session);
  }

  /** A worker's process is dead, or it is given up: what it held runs elsewhere. */
  public void workerLost(int number, LostWorker details, long nowNanos) {
    dead.add(number);
    WorkerPeer worker = workers.remove(number);
    if (worker == null) {
      return;
    }
    worker.markGone();
    changed.remove(worker.link);
    List<Task> held = new ArrayList<>(worker.leases.values());
    held.sort(Comparator.comparingLong(Task::leaseId));
    Set<Task> mayHaveStarted = worker.mayHaveStarted();
    for (int i = held.size() - 1; i >= 0; i--) {
      Task task = held.get(i);
      lost(task, mayHaveStarted.contains(task), details);
    }
    dispatchAndFlush(nowNanos);
  }

  private void lost(Task task, boolean mayHaveStarted, LostWorker details) {
    if (mayHaveStarted) {
      task.countDeath();
    }
    if (task.deaths() >= MAX_DEATHS && !task.isCancelWanted()) {
      end(task, TaskEvent.GIVE_UP, LostWorkers.outcome(task.id, details));
    } else {
      task.lost();
      requeue(task);
    }
  }

  /** No worker can be started: every task that is queued, or comes yet, fails. */
  public void giveUp(LostWorker reason, long nowNanos) {
    broken = reason;
    for (Session session : sessions.values()) {
      for (Task task : List.copyOf(session.tasks.values())) {
        if (task.state() == TaskState.QUEUED) {
          end(task, TaskEvent.GIVE_UP, LostWorkers.outcome(task.id, reason));
        }
      }
    }
    dispatchAndFlush(nowNanos);
  }

  private void end(Task task, TaskEvent event, Outcome outcome) {
    Session session = task.session;
    if (task.state() == TaskState.QUEUED) {
      session.leavesLane();
    }
    task.on(event);
    unfinished--;
    session.tasks.remove(task.id);
    if (!session.isClosed()) {
      session.tell(outcome);
      changed.add(session.link);
    }
  }

  /** Whether no task is queued or leased. */
  public boolean isIdle() {
    return unfinished == 0;
  }

  /** The workers that are registered and not lost. */
  public int workers() {
    return workers.size();
  }

  private void dispatchAndFlush(long nowNanos) {
    while (!turns.isEmpty()) {
      WorkerPeer worker = line.next();
      if (worker == null) {
        break;
      }
      Task task = turns.next();
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

  /** Repeats and acknowledges what is due; to be called every {@link LinkSettings#TICK}. */
  public void tick(long nowNanos) {
    sessions.values().forEach(session -> session.link.tick(nowNanos));
    workers.values().forEach(worker -> worker.link.tick(nowNanos));
  }

  /** Whether {@link #tick} need not be called before the next event. */
  public boolean atRest() {
    return sessions.values().stream().allMatch(session -> session.link.atRest())
        && workers.values().stream().allMatch(worker -> worker.link.atRest());
  }
}
