package taskpool.coordinator;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import taskpool.codec.Failure;
import taskpool.codec.LostWorkers;
import taskpool.error.TaskTimeoutException;
import taskpool.lifecycle.TaskEvent;
import taskpool.lifecycle.TaskState;
import taskpool.link.Link;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Submission;
import taskpool.protocol.Terms;

/**
 * The tasks that have not ended, and what becomes of them: queued, delayed, tried again, ended.
 * Tells their sessions. Confined to the coordinator.
 */
final class Tasks {
  private final RandomGenerator random;

  /** Takes the links of the sessions that something was told to. */
  private final Set<Link<?, ?>> changed;

  private final LaneTurns turns = new LaneTurns();
  private final DelayQueue delayed = new DelayQueue();
  private final SameKey sameKey = new SameKey();
  private long unfinished;
  private @Nullable LostWorker noWorkers;

  Tasks(RandomGenerator random, Set<Link<?, ?>> changed) {
    this.random = random;
    this.changed = changed;
  }

  /** Whether no task is left. */
  boolean isEmpty() {
    return unfinished == 0;
  }

  /** A task that was submitted now. */
  void accept(Session session, Submission submission, byte[] function, long nowNanos) {
    byte[] payload = session.assembler.payloadOf(submission);
    Task task = new Task(session, submission, function, payload);
    session.tasks.put(task.id, task);
    unfinished++;
    if (noWorkers != null) {
      giveUp(task, noWorkers, nowNanos);
    } else if (task.state() == TaskState.DELAYED) {
      delayed.add(task, nowNanos + task.delayNanos());
    } else {
      enqueue(task, nowNanos);
    }
  }

  /** Lets those that were delayed queue whose time has come. */
  void release(long nowNanos) {
    for (Task task = delayed.poll(nowNanos); task != null; task = delayed.poll(nowNanos)) {
      task.on(TaskEvent.DUE);
      enqueue(task, nowNanos);
    }
  }

  /** When {@link #release} has something to do; empty if nothing is delayed. */
  OptionalLong nextDueNanos() {
    return delayed.nextDueNanos();
  }

  private void enqueue(Task task, long nowNanos) {
    task.queuedAt(nowNanos);
    String key = task.key();
    if (key == null || task.failures() > 0) { // one that was tried is the one of its key that runs
      line(task);
      return;
    }
    if (sameKey.isTaken(key, task.function)) {
      end(task, TaskEvent.REFUSE, keyIsTaken(task, key), nowNanos);
      return;
    }
    Outcome known = sameKey.resultOf(key);
    if (known != null) {
      task.waitForKey(true);
      end(task, TaskEvent.SHARE, known, nowNanos);
    } else if (sameKey.add(key, task)) {
      line(task);
    } else {
      task.waitForKey(true);
    }
  }

  private void line(Task task) {
    task.session.lane.addLast(task);
    turns.add(task.session);
  }

  private static Outcome keyIsTaken(Task task, String key) {
    String message =
        "the idempotency key \"%s\" belongs to a call of another function".formatted(key);
    return new Outcome(
        task.id,
        Outcome.Kind.FAILURE,
        Failure.of(new IllegalArgumentException(message), "the coordinator").encode());
  }

  /** Whether certainly none is queued. */
  boolean noneQueued() {
    return turns.isEmpty();
  }

  /** Takes the task that is to run next; null if none is queued. */
  @Nullable Task next() {
    return turns.next();
  }

  /** A task is unwanted; true if it has ended, false if its worker must be asked. */
  boolean cancel(Task task, long nowNanos) {
    if (task.worker() != null) {
      task.cancelAsked();
      return false;
    }
    answerCancel(task, true);
    end(task, TaskEvent.CANCEL, cancelled(task), nowNanos);
    return true;
  }

  /** Of a worker that died nobody knows whether it had begun what it held. */
  private static Outcome cancelled(Task task) {
    return Outcome.cancelled(task.id, task.attempt() > 0);
  }

  /** Passes on a worker's answer to a request to stop a task. */
  void answerCancel(Task task, boolean accepted) {
    if (!task.session.isClosed()) {
      task.session.tell(new CancelAnswer(task.id, accepted));
      changed.add(task.session.link);
    }
  }

  /** Forgets the lane of a session that is closed. */
  void removeLane(Session session) {
    turns.remove(session);
    session.lane.clear();
  }

  /** A worker has run a task to its end. */
  void ran(Task task, Outcome outcome, long nowNanos) {
    switch (outcome.kind()) {
      case VALUES -> end(task, TaskEvent.FINISH, outcome, nowNanos);
      case MIXED, FAILURE -> end(task, TaskEvent.FAIL, outcome, nowNanos);
      case RETRY_MIXED -> failed(task, Outcome.Kind.MIXED, outcome, nowNanos);
      case RETRY_FAILURE -> failed(task, Outcome.Kind.FAILURE, outcome, nowNanos);
      case CANCELLED -> end(task, TaskEvent.CANCEL, withEarlierRuns(task, outcome), nowNanos);
      case LOST -> throw new IllegalArgumentException("a worker can't report its own death");
    }
  }

  /** A worker knows of its own run only. */
  private static Outcome withEarlierRuns(Task task, Outcome outcome) {
    return task.attempt() > 1 ? cancelled(task) : outcome;
  }

  private void failed(Task task, Outcome.Kind kind, Outcome outcome, long nowNanos) {
    retryOrEnd(task, TaskEvent.FAIL, outcome.with(task.id, kind), nowNanos);
  }

  /** Its terms ask for another run; when there have been enough, it ends with this. */
  private void retryOrEnd(Task task, TaskEvent event, Outcome outcome, long nowNanos) {
    Terms.Retry retry = task.terms == null ? null : task.terms.retry();
    if (isUnwanted(task)) {
      drop(task, nowNanos);
    } else if (retry == null || task.failures() + 1 >= retry.attempts()) {
      end(task, event, outcome, nowNanos);
    } else {
      task.failed();
      delayed.add(task, nowNanos + backoffNanos(retry, task.failures()));
    }
  }

  /**
   * Doubles with each failure; a random part of up to a half is left out, to part what collides.
   */
  private long backoffNanos(Terms.Retry retry, int failures) {
    long most = retry.maxBackoffNanos();
    int doublings =
        Math.min(failures - 1, Long.numberOfLeadingZeros(retry.firstBackoffNanos()) - 1);
    long whole = Math.min(most, retry.firstBackoffNanos() << Math.max(0, doublings));
    return whole <= 1 ? whole : whole - random.nextLong(whole / 2 + 1);
  }

  /** A worker has given a task back that it had not begun. */
  void handedBack(Task task, long nowNanos) {
    task.handedBack();
    requeue(task, nowNanos);
  }

  /**
   * The worker of a task is gone.
   *
   * @param suspect whether it may have died of this task
   */
  void lost(Task task, boolean suspect, LostWorker details, long nowNanos) {
    if (suspect) {
      task.countDeath(details);
    }
    Overdue overdue = task.overdue();
    if (overdue != null && overdue.reason() == Overdue.Reason.HARD_LIMIT) {
      expired(task, overdue, details, nowNanos);
    } else if (task.deaths().size() >= Coordinator.MAX_DEATHS && !isUnwanted(task)) {
      Outcome outcome = LostWorkers.outcome(task.id, task.deaths());
      end(task, TaskEvent.QUARANTINE, outcome, nowNanos);
    } else {
      task.lost();
      requeue(task, nowNanos);
    }
  }

  private void expired(Task task, Overdue overdue, LostWorker details, long nowNanos) {
    long limit = task.terms == null ? 0 : task.terms.hardLimitNanos();
    TaskTimeoutException error =
        TaskTimeoutException.ofHardLimit(limit, details.name(), details.pid());
    Outcome outcome =
        new Outcome(task.id, Outcome.Kind.FAILURE, Failure.of(error, "the coordinator").encode());
    if (overdue.retry()) {
      retryOrEnd(task, TaskEvent.EXPIRE, outcome, nowNanos);
    } else if (isUnwanted(task)) {
      drop(task, nowNanos);
    } else {
      end(task, TaskEvent.EXPIRE, outcome, nowNanos);
    }
  }

  private static boolean isUnwanted(Task task) {
    return task.isCancelWanted() || task.session.isClosed();
  }

  private void drop(Task task, long nowNanos) {
    answerCancel(task, true);
    end(task, TaskEvent.CANCEL, cancelled(task), nowNanos);
  }

  /** Puts a task back at the head of its lane, unless nobody wants it any more. */
  private void requeue(Task task, long nowNanos) {
    task.session.lane.addFirst(task);
    if (isUnwanted(task)) {
      drop(task, nowNanos);
    } else {
      turns.add(task.session);
    }
  }

  /** No worker can be started: every task that waits, or comes yet, fails. */
  void noWorkers(LostWorker reason) {
    noWorkers = reason;
  }

  /** A worker is there again. */
  void someWorkers() {
    noWorkers = null;
  }

  /** Ends a task that waits, for want of workers. */
  void giveUp(Task task, LostWorker reason, long nowNanos) {
    end(task, TaskEvent.GIVE_UP, LostWorkers.outcome(task.id, List.of(reason)), nowNanos);
  }

  private void end(Task task, TaskEvent event, Outcome outcome, long nowNanos) {
    Session session = task.session;
    leaves(task);
    task.on(event);
    unfinished--;
    session.tasks.remove(task.id);
    if (!session.isClosed()) {
      session.tell(outcome.with(task.id, outcome.kind()));
      changed.add(session.link);
    }
    String key = task.key();
    if (key != null) {
      endOfKey(key, task, outcome, nowNanos);
    }
  }

  private void leaves(Task task) {
    if (task.state() == TaskState.DELAYED) {
      delayed.leaves();
    } else if (task.state() == TaskState.QUEUED && !task.waitsForKey()) {
      task.session.lane.leaves();
    }
  }

  private void endOfKey(String key, Task task, Outcome outcome, long nowNanos) {
    if (task.waitsForKey()) {
      sameKey.leaves(key, task);
    } else if (outcome.kind() == Outcome.Kind.VALUES) {
      for (Task same : sameKey.finished(key, task, outcome)) {
        end(same, TaskEvent.SHARE, outcome, nowNanos);
      }
    } else {
      Task next = sameKey.failed(key, task);
      if (next != null && next.waitsForKey()) {
        next.waitForKey(false);
        line(next);
      }
    }
  }
}
