package taskpool;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a submitted task will give: a {@link Future}, a {@link CompletionStage}, and the {@code
 * AsyncResult} of {@code multiprocessing}. Safe for use by many threads.
 *
 * <p>A failed task's error is the cause of the {@link ExecutionException}: the same exception class
 * with the same message where that class can be rebuilt here, else a {@link
 * taskpool.error.RemoteTaskException}; the remote stack hangs on it, see {@link
 * taskpool.error.RemoteStackTrace}. When the worker dies the task is run again; when that has
 * happened three times the cause is a {@link taskpool.error.PoisonTaskException}. A task that took
 * longer than its {@link TaskOptions} allow ends with a {@link
 * taskpool.error.TaskTimeoutException}. When the pool is terminated the cause is a {@link
 * taskpool.error.PoolClosedException}.
 *
 * <p>As a stage it completes on the common pool; its functions never run on a thread of the pool.
 */
public interface TaskHandle<R extends @Nullable Object> extends Future<R>, CompletionStage<R> {

  /** The task's id, the same that {@link TaskContext#taskId()} gives inside the task. */
  String id();

  /** Waits for the result. */
  @Override
  R get() throws InterruptedException, ExecutionException;

  /**
   * Waits for the result for a while; may be asked again after a time-out.
   *
   * @throws TimeoutException if there is none yet; the task goes on
   * @throws CancellationException if the task was cancelled
   */
  default R get(Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    return get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  /** Waits until the task has ended, well or not; {@code wait} of {@code AsyncResult}. */
  boolean await(Duration timeout) throws InterruptedException;

  /** Whether the task has ended, well or not. Does not block. */
  default boolean ready() {
    return isDone();
  }

  /**
   * Whether the task ended with a result. Does not block.
   *
   * @throws IllegalStateException if it has not ended yet
   */
  boolean successful();

  /**
   * Cancels the task: one that has not started never will; one that runs is interrupted if asked.
   * Waits for the coordinator's word on which it is.
   *
   * <p>The handle is done, and {@link #isCancelled} true, as soon as the task can run no more; for
   * an interrupted one that is when its function returns, which may be after this does. One that
   * takes no notice of the interrupt for a while (5 s, see {@link TaskPoolBuilder#cancelGrace}) is
   * ended together with its worker JVM.
   *
   * @return whether the task will end as cancelled; false if it has ended, or runs and {@code
   *     mayInterruptIfRunning} is false
   */
  @Override
  boolean cancel(boolean mayInterruptIfRunning);

  /** The task's latest report of its progress, if it has made any. Does not block. */
  Optional<TaskProgress> progress();

  /** Calls back with progress reports, the latest ones; on the pool's callback thread. */
  TaskHandle<R> onProgress(Consumer<? super TaskProgress> listener);

  /**
   * Calls back once with the result if the task ends well; {@code callback} of {@code apply_async}.
   * Callbacks of a pool run one after the other on a thread of their own; one that throws is logged
   * and harms nothing. A callback must not wait for the pool to close: closing waits for the
   * callbacks.
   */
  TaskHandle<R> callback(Consumer<? super R> callback);

  /** Calls back once with the error if the task fails or is cancelled; {@code error_callback}. */
  TaskHandle<R> errorCallback(Consumer<? super Throwable> callback);
}
