package taskpool.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.worker.Assignment;
import taskpool.worker.Slots;

/** The slots of a worker: threads that take a while to wake, and tasks that take theirs to run. */
final class SimulatedSlots implements Slots {
  private static final long WAKING_NANOS = 30 * Scenario.MICRO;

  private static final class Run {
    final Assignment assignment;
    final SimulatedTask task;
    final long startNanos;
    boolean interrupted;
    boolean lent;
    boolean endsWhenBack;

    Run(Assignment assignment, SimulatedTask task, long startNanos) {
      this.assignment = assignment;
      this.task = task;
      this.startNanos = startNanos;
    }
  }

  private final Simulation simulation;
  private final int count;
  private final SimulatedWorker worker;
  private final ArrayDeque<Assignment> queue = new ArrayDeque<>();
  private final Map<Long, Run> running = new LinkedHashMap<>();
  private final ArrayDeque<Run> returning = new ArrayDeque<>();

  /** Of those that run the ones that have not lent their slot. */
  private int busy;

  SimulatedSlots(Simulation simulation, int count, SimulatedWorker worker) {
    this.simulation = simulation;
    this.count = count;
    this.worker = worker;
  }

  @Override
  public int count() {
    return count;
  }

  int running() {
    return running.size();
  }

  @Override
  public void enqueue(Assignment assignment) {
    queue.add(assignment);
    worker.after(simulation.dice.upTo(WAKING_NANOS), this::startNext);
  }

  private void startNext() {
    if (busy == count || queue.isEmpty()) {
      return;
    }
    busy++;
    Ledger.check(busy <= count, "more run at once than there are slots");
    Assignment next = queue.remove();
    SimulatedTask task = simulation.ledger.find(next.lease().session(), next.lease().task());
    Run run = new Run(next, task, simulation.time.nowNanos());
    running.put(next.id(), run);
    simulation.started(task, worker);
    if (next.terms() != null && next.terms().hasLimit()) {
      worker.started(next.id(), simulation.time.nowNanos());
    }
    SimulatedTask.Plan plan = task.plan;
    for (int i = 1; i <= plan.reports(); i++) {
      int done = i;
      worker.after(plan.runNanos() * i / (plan.reports() + 1), () -> report(run, done));
    }
    if (plan.waitNanos() > 0) {
      worker.after(plan.runNanos() / 2, () -> lend(run));
    }
    if (plan.poison()) {
      worker.after(plan.runNanos(), worker::die);
    } else if (!plan.endless()) {
      worker.after(plan.runNanos(), () -> end(run));
    }
  }

  private void lend(Run run) {
    if (running.containsKey(run.assignment.id()) && !run.lent) {
      run.lent = true;
      busy--;
      worker.lent(1);
      slotIsFree();
      worker.after(run.task.plan.waitNanos(), () -> comeBack(run));
    }
  }

  private void comeBack(Run run) {
    worker.lent(-1);
    returning.add(run);
    slotIsFree();
  }

  /** Who comes back goes before who has not begun. */
  private void slotIsFree() {
    if (busy < count && !returning.isEmpty()) {
      busy++;
      Run run = returning.remove();
      run.lent = false;
      if (run.endsWhenBack) {
        end(run);
      }
    } else {
      startNext();
    }
  }

  private void report(Run run, int done) {
    if (running.containsKey(run.assignment.id())) {
      int total = run.task.plan.reports();
      worker.progressed(new Progress(run.assignment.id(), done, total, "on my way"));
    }
  }

  private void end(Run run) {
    long lease = run.assignment.id();
    if (run.lent) {
      run.endsWhenBack = true;
      return;
    }
    if (running.remove(lease) == null) {
      return;
    }
    busy--;
    run.task.runningOn.remove(worker);
    Outcome outcome = run.task.run(lease, run.assignment.function(), run.assignment.payload());
    if (run.interrupted) {
      outcome = Outcome.cancelled(lease, true);
    }
    worker.finished(outcome, simulation.time.nowNanos() - run.startNanos);
    slotIsFree();
  }

  @Override
  public boolean withdraw(long lease) {
    return queue.removeIf(assignment -> assignment.id() == lease);
  }

  @Override
  public List<Long> withdrawAll() {
    List<Long> leases = new ArrayList<>();
    queue.forEach(assignment -> leases.add(assignment.id()));
    queue.clear();
    return leases;
  }

  @Override
  public boolean interrupt(long lease) {
    Run run = running.get(lease);
    if (run == null) {
      return false;
    }
    run.interrupted = true;
    endSoonUnlessStubborn(run);
    return true;
  }

  private void endSoonUnlessStubborn(Run run) {
    if (!run.task.plan.stubborn()) {
      worker.after(simulation.dice.upTo(Scenario.MILLI), () -> end(run));
    }
  }

  @Override
  public void expire(long lease) {
    Run run = running.get(lease);
    if (run != null) {
      endSoonUnlessStubborn(run);
    }
  }
}
