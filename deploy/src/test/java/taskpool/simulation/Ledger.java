package taskpool.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import taskpool.codec.LostWorkers;
import taskpool.coordinator.Coordinator;
import taskpool.lifecycle.TaskEvent;
import taskpool.lifecycle.TaskState;
import taskpool.protocol.Lease;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;

/** Keeps account of every task of a run, and throws when something happens that must not. */
final class Ledger {
  /** What tasks fail with when no worker can be started. */
  static final LostWorker NO_WORKERS = new LostWorker("", 0, 77, List.of());

  final LifecycleCoverage coverage = new LifecycleCoverage();

  private final Map<String, SimulatedTask> tasks = new LinkedHashMap<>();
  private final Map<Long, SimulatedTask> leases = new HashMap<>();
  private final Set<Integer> deadSessions = new HashSet<>();
  private final Map<Integer, Long> lastStarted = new LinkedHashMap<>();
  private final Trace trace;
  private boolean gaveUp;
  private boolean anyReturned;

  Ledger(Trace trace) {
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
    if (lease.attempt() > 1) {
      coverage.see(TaskState.LEASED, TaskEvent.LOSE);
    }
  }

  void started(SimulatedTask task, SimulatedWorker worker) {
    trace.log("%s starts task %s", worker, task.name());
    check(task.outcome == null || worker.isLost(), "starts after its end: " + task);
    for (SimulatedWorker before : task.ranOn) {
      // A worker that was given up may live, and start what runs elsewhere already.
      check(before.isLost() || worker.isLost(), "runs on %s as well: %s".formatted(worker, task));
    }
    task.ranOn.add(worker);
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
      case VALUES, MIXED, FAILURE -> ran(task, outcome);
      case CANCELLED -> cancelled(task);
      case LOST -> lost(task, outcome);
    }
  }

  private void ran(SimulatedTask task, Outcome outcome) {
    check(task.isRight(outcome), "has the wrong result: " + task);
    check(!task.cancelAccepted, "ran to its end though its cancellation was accepted: " + task);
    check(!task.ranOn.isEmpty(), "has a result without having run: " + task);
    coverage.see(TaskState.LEASED, task.plan.fails() ? TaskEvent.FAIL : TaskEvent.FINISH);
  }

  private void cancelled(SimulatedTask task) {
    check(task.cancelAsked, "is cancelled though nobody asked for it: " + task);
    if (task.leasedTo.isEmpty()) {
      coverage.see(TaskState.QUEUED, TaskEvent.CANCEL);
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
    } else {
      check(task.lostWorkers() >= Coordinator.MAX_DEATHS, "given up too early: " + task);
      coverage.see(TaskState.LEASED, TaskEvent.GIVE_UP);
    }
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
