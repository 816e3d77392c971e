package taskpool;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.function.SendableCallable;
import taskpool.function.SendableRunnable;

/**
 * Gives the tasks that were submitted to it in the order in which they end, well or not, over all
 * workers. Safe for use by many threads. What can be submitted, and what submitting throws, is as
 * with a {@link PoolExecutor}; there is nothing to close.
 *
 * <p>Each task is given once, also one that was cancelled. One whose worker dies runs again, and is
 * given when it has ended. A task that waits here lends its slot meanwhile.
 */
public interface PoolCompletionService<V> extends CompletionService<V> {

  /**
   * Submits a task with a result; does not wait for it.
   *
   * @throws NullPointerException if it is null
   * @throws java.util.concurrent.RejectedExecutionException if the pool does not take it
   * @throws taskpool.error.NotSendableException if it can't be sent
   */
  @Override
  TaskHandle<V> submit(Callable<V> task);

  /** Submits a task with a result that is known; it stays here. See {@link #submit(Callable)}. */
  @Override
  TaskHandle<V> submit(Runnable task, V result);

  /** {@link #submit(Callable)} for a lambda. */
  default TaskHandle<V> submit(SendableCallable<V> task) {
    return submit((Callable<V>) task);
  }

  /** {@link #submit(Runnable, Object)} for a lambda. */
  default TaskHandle<V> submit(SendableRunnable task, V result) {
    return submit((Runnable) task, result);
  }

  /** Takes the next task that has ended; waits for it, also if none has been submitted. */
  @Override
  TaskHandle<V> take() throws InterruptedException;

  /** Takes the next task that has ended; null if there is none. Does not block. */
  @Override
  @Nullable TaskHandle<V> poll();

  /** Takes the next task that has ended, or waits for it for a while; null if the time runs out. */
  @Override
  @Nullable TaskHandle<V> poll(long timeout, TimeUnit unit) throws InterruptedException;
}
