package taskpool;

import java.util.Optional;
import taskpool.spi.CurrentTask;

/**
 * What a running task can know and say about itself. Obtained inside the task by {@link
 * #current()}; belongs to the thread that runs the task, but may be handed to others while the task
 * runs.
 */
public interface TaskContext {

  /**
   * The context of the task that runs on this thread.
   *
   * @throws IllegalStateException outside a task
   */
  static TaskContext current() {
    return find()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no task runs on thread " + Thread.currentThread().getName()));
  }

  /** The context of the task that runs on this thread; empty outside a task. */
  static Optional<TaskContext> find() {
    return CurrentTask.get();
  }

  /** The process id of the worker; {@code os.getpid()}. */
  long pid();

  /** The process id of the worker's parent; {@code os.getppid()}. */
  long parentPid();

  /** The worker's name, {@code worker-1}; never used again after the worker's death. */
  String workerName();

  /** The name of the worker's host. */
  String host();

  /** The task's id, the same as {@link TaskHandle#id()}. */
  String taskId();

  /** 1 for the first run; one more for each retry, and for each worker that died running it. */
  int attempt();

  /**
   * Reports progress to the handle. Does not block; of reports in quick succession the last counts.
   */
  void progress(long done, long total, String message);

  /** Whether somebody asked for the task to be cancelled; it should return soon then. */
  boolean isCancelled();

  /**
   * The pool that runs this task, for submitting tasks from within. Only the program that opened
   * the pool can close it. A task that waits for a sub-task, or for a lock, an event or the like of
   * this pool, lends its slot to other tasks meanwhile.
   */
  TaskPool pool();
}
