package taskpool.coordinator;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Which worker is next: first those with a free slot, then those that take work ahead, each in the
 * order in which they became so. Costs the same whatever the number of workers: who stands in a
 * line without reason any more is passed over when its turn comes. Confined to the coordinator.
 */
final class WorkerLine {
  private final ArrayDeque<WorkerPeer> idle = new ArrayDeque<>();
  private final ArrayDeque<WorkerPeer> ahead = new ArrayDeque<>();

  /** A worker may have become free; to be called after each change of its leases or credit. */
  void add(WorkerPeer worker) {
    if (!worker.inIdleLine && worker.hasFreeSlot()) {
      worker.inIdleLine = true;
      idle.add(worker);
    }
    if (!worker.inAheadLine && worker.takesWorkAhead()) {
      worker.inAheadLine = true;
      ahead.add(worker);
    }
  }

  /** Takes the next worker out of its line; null if none takes a lease. */
  @Nullable WorkerPeer next() {
    while (!idle.isEmpty()) {
      WorkerPeer worker = idle.remove();
      worker.inIdleLine = false;
      if (worker.hasFreeSlot()) {
        return worker;
      }
    }
    while (!ahead.isEmpty()) {
      WorkerPeer worker = ahead.remove();
      worker.inAheadLine = false;
      if (worker.takesWorkAhead()) {
        return worker;
      }
    }
    return null;
  }
}
