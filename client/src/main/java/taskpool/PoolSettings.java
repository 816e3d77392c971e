package taskpool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a local pool is to be. Made by {@link TaskPool#builder()}.
 *
 * @param submission how its submitting end is to be
 * @param workers how many worker JVMs
 * @param slotsPerWorker how many tasks a worker JVM runs at a time
 * @param spareWorkers how many more JVMs are kept at hand to take the place of workers that die
 * @param jvmOptions options of every worker JVM, after our own
 * @param workerHeap the workers' {@code -Xmx}, such as {@code 256m}
 * @param initializer runs in every worker before its first task
 * @param outputPrefix whether the workers' output lines are marked with their names
 * @param startTimeout how long a worker JVM may take to report for work
 * @param unresponsiveAfter how long a worker may be silent before it is given up
 * @param cancelGrace how long an interrupted task may take to end before its worker is killed
 * @param tasksPerWorker after so many tasks a worker is replaced; 0 for never
 * @param maxWorkerHeap how full a worker's heap may be after a task, in percent of the largest; 0
 *     for any
 * @param reportDeadlocks whether a deadlock is only reported, and not broken
 */
public record PoolSettings(
    Submission submission,
    int workers,
    int slotsPerWorker,
    int spareWorkers,
    List<String> jvmOptions,
    Optional<String> workerHeap,
    Optional<Call<?>> initializer,
    boolean outputPrefix,
    Duration startTimeout,
    Duration unresponsiveAfter,
    Duration cancelGrace,
    int tasksPerWorker,
    int maxWorkerHeap,
    boolean reportDeadlocks) {

  /**
   * How the submitting end of a pool is to be, wherever its workers are.
   *
   * @param name stands in front of the pool's thread names
   * @param windowTasks unfinished tasks at which submitting blocks or is refused
   * @param windowBytes bytes of arguments of unfinished tasks at which it does
   * @param refuseWhenFull whether a full window refuses instead of blocking
   * @param taskOptions what tasks ask for that have no options of their own
   */
  public record Submission(
      String name,
      int windowTasks,
      long windowBytes,
      boolean refuseWhenFull,
      TaskOptions taskOptions) {}
}
