package taskpool.worker;

import java.time.Duration;

/**
 * How long a worker bears with its tasks, and its host with it.
 *
 * @param cancelGrace how long an interrupted task may take to end before its worker is killed
 * @param tasks after so many tasks the worker ends to be replaced; 0 for never
 * @param heapPercent when its heap is fuller than this after a task, it does so too; 0 for never
 */
public record WorkerLimits(Duration cancelGrace, int tasks, int heapPercent) {
  /** Leaves all to the tasks, but for a cancelled one that does not end. */
  public static final WorkerLimits NONE = new WorkerLimits(Duration.ofSeconds(5), 0, 0);
}
