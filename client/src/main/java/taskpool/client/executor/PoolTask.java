package taskpool.client.executor;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import taskpool.TaskHandle;

/** A submitted task as executors see it. Thread-safe; nothing here blocks. */
public interface PoolTask<R extends @Nullable Object> extends TaskHandle<R> {

  /**
   * Calls back when the task has ended, in the order in which tasks end; on the thread that learns
   * of it, or on this one if it has ended. The listener must not block.
   */
  void whenEnded(Runnable listener);

  /**
   * Asks for the task to be cancelled, interrupted if it runs, and does not wait for the answer.
   */
  void askToCancel();

  /**
   * Asks for the task to be cancelled if it has not begun.
   *
   * @return whether it has never begun and never will; false, too, if somebody else has asked to
   *     cancel it before
   */
  CompletableFuture<Boolean> withdraw();

  /** The same task, with another result if it ends well. */
  <T extends @Nullable Object> PoolTask<T> giving(T result);
}
