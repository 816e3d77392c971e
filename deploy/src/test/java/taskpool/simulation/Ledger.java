package taskpool.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import taskpool.codec.Failure;
import taskpool.codec.LostWorkers;
import taskpool.coordinator.Coordinator;
import taskpool.error.TaskTimeoutException;
import taskpool.lifecycle.TaskEvent;
import taskpool.lifecycle.TaskState;
import taskpool.protocol.Lease;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;
import taskpool.protocol.Terms;

/** Keeps account of every task of a run, and throws when something happens that must not. */
final class Ledger {
  /** What tasks fail with when no worker can be started. */
  static final LostWorker NO_WORKERS = new LostWorker("", 0, 77, List.of());

  final LifecycleCoverage coverage = new LifecycleCoverage();

  private final Map<String, SimulatedTask> tasks = new LinkedHashMap<>();
  private final Map<Long, SimulatedTask> leases = new HashMap<>();
  private final Set<Integer> deadSessions = new HashSet<>();
  private final Map<Integer, Long> lastStarted = new LinkedHashMap<>();
  private final VirtualTime time;
  private final Trace trace;
  private @Nullable SimulatedLocker owner;
  private long lastToken;
  private boolean gaveUp;
  private boolean anyReturned;

  Ledger(VirtualTime time, Trace trace) {
    this.time = time;
    this.trace = trace;
  }

  void add(SimulatedTask task) {
    tasks.put(task.name(), task);
  }

  SimulatedTask find(int session, long id) {
    SimulatedTask task = tasks.get(session + "-" + id);
    check(task != null, "there is no task " + session + "-" + id);
    return task;
  }

  /** The tasks that somebody still waits for. */
  List<SimulatedTask> unfinished() {
    return tasks.values().stream()
        .filter(task -> task.outcome == null && !deadSessions.contains(task.session))
        .toList();
  }

  void sessionDied(int session) {
    deadSessions.add(session);
  }

  void gaveUp() {
    gaveUp = true;
  }

  /** The coordinator sends a lease, maybe again. */
  void leased(Lease lease, SimulatedWorker worker) {
    SimulatedTask task = find(lease.session(), lease.task());
    Set<Long> same = task.leasesOfAttempt.computeIfAbsent(lease.attempt(), a -> new HashSet<>());
    if (!same.add(lease.id())) {
      return;
    }
    check(lease.attempt() > 0, "no attempt of " + task);
    leases.put(lease.id(), task);
    task.leasedTo.add(worker);
    coverage.see(TaskState.QUEUED, TaskEvent.LEASE);
    if (same.size() > 1) {
      coverage.see(TaskState.LEASED, TaskEvent.RETURN);
    }
    if (lease.attempt() - task.failedRuns > 1 && task.lostWorkers() > 0) {
      coverage.see(TaskState.LEASED, TaskEvent.LOSE);
    }
    if (task.plan.terms() != null) {
      demandsOf(task, task.plan.terms());
    }
  }

  private void demandsOf(SimulatedTask task, Terms terms) {
    if (terms.delayNanos() > 0) {
      coverage.see(TaskState.DELAYED, TaskEvent.DUE);
      long waited = time.nowNanos() - task.submittedNanos;
      check(waited >= terms.delayNanos(), "leased before its time: " + task);
    }
    if (task.failedRuns > 0) {
      coverage.see(TaskState.LEASED, TaskEvent.RETRY);
      coverage.see(TaskState.DELAYED, TaskEvent.DUE);
    }
  }

  void started(SimulatedTask task, SimulatedWorker worker) {
    trace.log("%s starts task %s", worker, task.name());
    check(task.outcome == null || worker.isLost(), "starts after its end: " + task);
    List<SimulatedWorker> before = mayRunAgain(task) ? List.copyOf(task.runningOn) : task.ranOn;
    for (SimulatedWorker other : before) {
      // A worker that was given up may live, and start what runs elsewhere already.
      check(other.isLost() || worker.isLost(), "runs on %s as well: %s".formatted(worker, task));
    }
    checkAloneWithItsKey(task, worker);
    task.ranOn.add(worker);
    task.runningOn.add(worker);
  }

  private static boolean mayRunAgain(SimulatedTask task) {
    return task.plan.terms() != null && task.plan.terms().retry() != null;
  }

  private void checkAloneWithItsKey(SimulatedTask task, SimulatedWorker worker) {
    String key = task.plan.key();
    if (key == null || worker.isLost()) {
      return;
    }
    for (SimulatedTask other : tasks.values()) {
      boolean same = other != task && key.equals(other.plan.key());
      check(
          !same || other.runningOn.stream().allMatch(SimulatedWorker::isLost),
          "%s runs with the key of %s".formatted(other, task));
    }
  }

  /** Where one slot does it all and nothing goes wrong, tasks start as they were submitted. */
  void startedInOrder(SimulatedTask task) {
    if (!anyReturned) {
      long last = lastStarted.getOrDefault(task.session, 0L);
      check(task.id > last, "task %s starts after %d".formatted(task.name(), last));
      lastStarted.put(task.session, task.id);
    }
  }

  /** A worker hands leases back; gives their tasks. */
  List<SimulatedTask> returned(List<Long> returned) {
    anyReturned = true;
    return returned.stream().map(leases::get).toList();
  }

  /** An outcome reaches the coordinator. */
  void reported(Outcome outcome) {
    if (outcome.kind() == Outcome.Kind.CANCELLED) {
      leases.get(outcome.id()).cancelledByWorker = true;
    }
  }

  /** A lock is granted: never to two that live, and never with a token that is not higher. */
  void locked(SimulatedLocker locker, long token) {
    trace.log("%s has the lock, token %d", locker, token);
    SimulatedLocker before = owner;
    check(
        before == null || !before.isAlive(), "%s owns the lock, and %s".formatted(before, locker));
    check(token > lastToken, "token %d after %d".formatted(token, lastToken));
    owner = locker;
    lastToken = token;
  }

  void unlocked(SimulatedLocker locker) {
    check(owner == locker, locker + " gives back what it does not own");
    owner = null;
  }

  void answered(SimulatedTask task, boolean accepted) {
    trace.log("client %d: cancel of %s %s", task.session, task.name(), accepted);
    check(task.cancelAsked, "a cancel is answered that nobody asked for: " + task);
    boolean mayHaveStarted = !task.ranOn.isEmpty() || task.lostWorkers() > 0 || gaveUp;
    check(
        accepted || mayHaveStarted || task.cancelAccepted,
        "refused to cancel what has not started: " + task);
    task.cancelAccepted |= accepted;
  }

  void ended(SimulatedTask task, Outcome outcome) {
    trace.log("client %d: task %s is %s", task.session, task.name(), outcome.kind());
    check(task.outcome == null, "ends twice: " + task);
    task.outcome = outcome;
    switch (outcome.kind()) {
      case VALUES, MIXED -> ran(task, outcome);
      case FAILURE -> failed(task, outcome);
      case RETRY_FAILURE, RETRY_MIXED -> check(false, "is told to its client: " + outcome.kind());
      case CANCELLED -> cancelled(task, outcome);
      case LOST -> lost(task, outcome);
    }
  }

  /** The coordinator's own errors are told apart by their payload, that of tasks is no failure. */
  private void failed(SimulatedTask task, Outcome outcome) {
    if (task.isRight(outcome)) {
      ran(task, outcome);
      return;
    }
    String type = Failure.decode(outcome.payload()).chain().get(0).type();
    if (type.equals(TaskTimeoutException.class.getName())) {
      check(task.plan.terms().hardLimitNanos() > 0, "expired without a limit: " + task);
      check(!task.cancelAccepted, "expired though its cancellation was accepted: " + task);
      check(task.lostWorkers() > 0, "expired, and its worker lives: " + task);
      coverage.see(TaskState.LEASED, TaskEvent.EXPIRE);
    } else {
      check(type.equals(IllegalArgumentException.class.getName()), "failed with " + type);
      check(task.plan.key() != null, "refused without a key: " + task);
      coverage.see(TaskState.QUEUED, TaskEvent.REFUSE);
    }
  }

  private void ran(SimulatedTask task, Outcome outcome) {
    check(task.isRight(outcome), "has the wrong result: " + task);
    check(!task.cancelAccepted, "ran to its end though its cancellation was accepted: " + task);
    if (task.plan.key() != null && task.ranOn.isEmpty()) {
      shared(task);
      return;
    }
    check(!task.ranOn.isEmpty(), "has a result without having run: " + task);
    coverage.see(
        TaskState.LEASED,
        outcome.kind() == Outcome.Kind.FAILURE ? TaskEvent.FAIL : TaskEvent.FINISH);
  }

  private void shared(SimulatedTask task) {
    boolean anyRan =
        tasks.values().stream()
            .anyMatch(t -> task.plan.key().equals(t.plan.key()) && !t.ranOn.isEmpty());
    check(anyRan, "has a result, and none with its key has run: " + task);
    coverage.see(TaskState.QUEUED, TaskEvent.SHARE);
  }

  private void cancelled(SimulatedTask task, Outcome outcome) {
    check(task.cancelAsked, "is cancelled though nobody asked for it: " + task);
    check(!outcome.hasNeverBegun() || task.ranOn.isEmpty(), "is said not to have begun: " + task);
    if (task.leasedTo.isEmpty()) {
      boolean delayed = task.plan.terms() != null && task.plan.terms().delayNanos() > 0;
      boolean waits =
          delayed && time.nowNanos() - task.submittedNanos < task.plan.terms().delayNanos();
      coverage.see(waits ? TaskState.DELAYED : TaskState.QUEUED, TaskEvent.CANCEL);
    } else if (task.cancelledByWorker) {
      coverage.see(TaskState.LEASED, TaskEvent.CANCEL);
    }
  }

  private void lost(SimulatedTask task, Outcome outcome) {
    check(!task.cancelAccepted, "is lost though its cancellation was accepted: " + task);
    boolean noWorkers =
        LostWorkers.toException(outcome.payload()).exitCode() == NO_WORKERS.exitCode();
    if (noWorkers) {
      check(gaveUp, "lost for want of workers: " + task);
      coverage.see(TaskState.QUEUED, TaskEvent.GIVE_UP);
      if (task.plan.terms() != null
          && time.nowNanos() - task.submittedNanos < task.plan.terms().delayNanos()) {
        coverage.see(TaskState.DELAYED, TaskEvent.GIVE_UP);
      }
    } else {
      check(task.lostWorkers() >= Coordinator.MAX_DEATHS, "given up too early: " + task);
      coverage.see(TaskState.LEASED, TaskEvent.QUARANTINE);
    }
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
