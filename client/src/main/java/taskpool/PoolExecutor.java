package taskpool;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import taskpool.function.SendableCallable;
import taskpool.function.SendableRunnable;

/**
 * A pool as a {@link ScheduledExecutorService}: what is submitted runs in the pool's workers.
 *
 * <pre>{@code
 * try (PoolExecutor executor = pool.executor()) {
 *   Future<Integer> answer = executor.submit(() -> 42);
 *   executor.scheduleAtFixedRate(Stock::count, 0, 1, TimeUnit.MINUTES);
 * }
 * }</pre>
 *
 * <p>It is a view with a life of its own: {@link #shutdown} and {@link #close} end the executor,
 * and the pool goes on; a pool has as many executors as are asked for. Safe for use by many
 * threads.
 *
 * <p><b>What can be handed over.</b> Lambdas and method references that are written as arguments
 * here, {@link SendableCallable}s and {@link SendableRunnable}s, and objects of named classes that
 * implement {@link Callable} or {@link Runnable} and whose fields can be sent. Everything else,
 * such as a lambda that was stored as a plain {@code Callable} or a {@code FutureTask}, is refused
 * with a {@link taskpool.error.NotSendableException} that names the mend. What arrives is a copy:
 * what a task changes in its own object or in captured values is not seen here. For that reason
 * {@code CompletableFuture.supplyAsync(…, executor)} and {@code ExecutorCompletionService}, which
 * hand over objects of theirs, are refused, too; a {@link TaskHandle} is a stage itself, and {@link
 * TaskPool#completionService} gives the other.
 *
 * <p><b>What differs from the executors of the JDK.</b>
 *
 * <ul>
 *   <li>A task whose worker dies is run again, so it may run more than once; after three deaths it
 *       fails with a {@link taskpool.error.PoisonTaskException}.
 *   <li>Submitting blocks while the pool's window of unfinished tasks is full. If the pool is built
 *       to refuse, or is closed, or the thread is interrupted in that wait (its flag stays set),
 *       there is a {@link RejectedExecutionException}.
 *   <li>A future that was cancelled is done when its task can run no more, see {@link
 *       TaskHandle#cancel}.
 *   <li>Delays are kept by the coordinator: there is no timer thread, and closing the pool waits
 *       for what is delayed.
 *   <li>What a task given to {@link #execute} throws is logged.
 * </ul>
 *
 * <p>A task that waits here for another one, or for the end of an executor, lends its slot
 * meanwhile.
 */
public interface PoolExecutor extends ScheduledExecutorService, AutoCloseable {

  /**
   * Submits a task with a result; does not wait for it.
   *
   * @throws NullPointerException if it is null
   * @throws RejectedExecutionException after shutdown, or if the pool does not take it
   * @throws taskpool.error.NotSendableException if it can't be sent
   */
  @Override
  <T> TaskHandle<T> submit(Callable<T> task);

  /** Submits a task without a result; see {@link #submit(Callable)}. The handle's is null. */
  @Override
  TaskHandle<?> submit(Runnable task);

  /** Submits a task with a result that is known; it stays here. See {@link #submit(Callable)}. */
  @Override
  <T> TaskHandle<T> submit(Runnable task, T result);

  /** {@link #submit(Callable)} for a lambda. */
  default <T> TaskHandle<T> submit(SendableCallable<T> task) {
    return submit((Callable<T>) task);
  }

  /** {@link #submit(Runnable)} for a lambda. */
  default TaskHandle<?> submit(SendableRunnable task) {
    return submit((Runnable) task);
  }

  /** {@link #submit(Runnable, Object)} for a lambda. */
  default <T> TaskHandle<T> submit(SendableRunnable task, T result) {
    return submit((Runnable) task, result);
  }

  /** Submits a task whose end nobody waits for; see {@link #submit(Callable)}. */
  @Override
  void execute(Runnable task);

  /** {@link #execute(Runnable)} for a lambda. */
  default void execute(SendableRunnable task) {
    execute((Runnable) task);
  }

  /**
   * Runs the tasks and waits until all have ended, well or not. For lambdas: {@code
   * List.<SendableCallable<Integer>>of(() -> 1, () -> 2)}.
   *
   * @return their handles in the order of the tasks, each of them done
   * @throws InterruptedException if the thread is interrupted meanwhile; at once, and what has not
   *     ended is cancelled
   */
  @Override
  <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException;

  /**
   * Runs the tasks and waits for their ends for a while. What has not ended by then is interrupted,
   * and its future is cancelled from then on, though the task itself may take a moment to notice.
   * The wait for room in the pool's window is not cut short.
   *
   * @return their futures in the order of the tasks, each of them done
   */
  @Override
  <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException;

  /**
   * Runs the tasks until one has a result; the others are cancelled, and not waited for. All are
   * submitted, as long as none has a result.
   *
   * @throws IllegalArgumentException if there is no task
   * @throws ExecutionException if all fail, with the last one's error as its cause
   */
  @Override
  <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException;

  /**
   * {@link #invokeAny(Collection)} for a while.
   *
   * @throws TimeoutException if none has a result by then; all are cancelled
   */
  @Override
  <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * Submits a task that starts after the delay at the earliest; it counts in the pool's window at
   * once. It runs also if the executor is shut down meanwhile.
   */
  @Override
  <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit);

  /** {@link #schedule(Callable, long, TimeUnit)} without a result. */
  @Override
  ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit);

  /** {@link #schedule(Callable, long, TimeUnit)} for a lambda. */
  default <V> ScheduledFuture<V> schedule(SendableCallable<V> task, long delay, TimeUnit unit) {
    return schedule((Callable<V>) task, delay, unit);
  }

  /** {@link #schedule(Runnable, long, TimeUnit)} for a lambda. */
  default ScheduledFuture<?> schedule(SendableRunnable task, long delay, TimeUnit unit) {
    return schedule((Runnable) task, delay, unit);
  }

  /**
   * Runs a task again and again, its starts {@code period} apart. Runs never overlap: one that
   * takes longer delays the next, which then starts at once. The task is written anew for each run,
   * in any worker.
   *
   * <p>The series ends with the first run that fails, whose error is then the cause of the future's
   * {@link ExecutionException}; when the future is cancelled; and with the executor, on {@link
   * #shutdown} already. The future is cancelled then, and a {@code get} throws a {@link
   * CancellationException}.
   *
   * @throws IllegalArgumentException if the period is not positive
   */
  @Override
  ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit);

  /** {@link #scheduleAtFixedRate(Runnable, long, long, TimeUnit)} for a lambda. */
  default ScheduledFuture<?> scheduleAtFixedRate(
      SendableRunnable task, long initialDelay, long period, TimeUnit unit) {
    return scheduleAtFixedRate((Runnable) task, initialDelay, period, unit);
  }

  /**
   * Runs a task again and again, with a pause between the end of one run and the start of the next;
   * else like {@link #scheduleAtFixedRate(Runnable, long, long, TimeUnit)}.
   *
   * @throws IllegalArgumentException if the delay is not positive
   */
  @Override
  ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit);

  /** {@link #scheduleWithFixedDelay(Runnable, long, long, TimeUnit)} for a lambda. */
  default ScheduledFuture<?> scheduleWithFixedDelay(
      SendableRunnable task, long initialDelay, long delay, TimeUnit unit) {
    return scheduleWithFixedDelay((Runnable) task, initialDelay, delay, unit);
  }

  /**
   * Takes no more tasks; those that were submitted go on, series end. The pool is not touched. Does
   * not block; harmless when repeated.
   */
  @Override
  void shutdown();

  /**
   * {@link #shutdown}, and cancels every task: one that has not begun never will, one that runs is
   * interrupted. Blocks for the coordinator's word on which it is, and for no task.
   *
   * @return what has certainly never begun, in the order of submission: the runnables themselves,
   *     and for a callable a runnable that calls it here. What was waiting in a worker that died is
   *     left out, as is what had been cancelled before
   */
  @Override
  List<Runnable> shutdownNow();

  /** Whether it takes no more tasks. */
  @Override
  boolean isShutdown();

  /** Whether it takes no more tasks and all have ended. */
  @Override
  boolean isTerminated();

  /**
   * Waits for the end of all tasks after {@link #shutdown}.
   *
   * @return false if the time ran out first
   */
  @Override
  boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException;

  /**
   * {@link #shutdown}, and waits until all tasks have ended. If the thread is interrupted
   * meanwhile, {@link #shutdownNow} is called, and the wait goes on; the interrupt flag is set in
   * the end.
   */
  @Override
  void close();
}
