package taskpool.worker;

import taskpool.node.Handoff;
import taskpool.protocol.Outcome;

/** Carries what the slot threads have to say to the worker's actor. Thread-safe. */
final class SlotReports implements SlotThreads.Reporter {
  private final Handoff<Worker> reports;

  SlotReports(Handoff<Worker> reports) {
    this.reports = reports;
  }

  @Override
  public void started(long lease, long startNanos) {
    reports.add(worker -> worker.started(lease, startNanos));
  }

  @Override
  public void finished(Outcome outcome, long runNanos) {
    reports.add(worker -> worker.finished(outcome, runNanos, System.nanoTime()));
  }

  @Override
  public void lent(int more) {
    reports.add(worker -> worker.lent(more));
  }

  @Override
  public void wornOut() {
    reports.add(Worker::retire);
  }
}
