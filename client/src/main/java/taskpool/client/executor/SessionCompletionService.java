package taskpool.client.executor;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.Call;
import taskpool.PoolCompletionService;
import taskpool.TaskHandle;

/** The tasks of a pool in the order of their ends. Thread-safe. */
public final class SessionCompletionService<V> implements PoolCompletionService<V> {
  private final ExecutorPool pool;
  private final EndedTasks<V> ended = new EndedTasks<>();

  /** Creates one where nothing has been submitted. */
  public SessionCompletionService(ExecutorPool pool) {
    this.pool = pool;
  }

  @Override
  public TaskHandle<V> submit(Callable<V> task) {
    Objects.requireNonNull(task, "task");
    return kept(pool.submitOrReject(Call.<V>ofCallable(task)));
  }

  @Override
  public TaskHandle<V> submit(Runnable task, V result) {
    Objects.requireNonNull(task, "task");
    return kept(pool.submitOrReject(Call.ofRunnable(task)).giving(result));
  }

  private PoolTask<V> kept(PoolTask<V> task) {
    ended.add(task);
    return task;
  }

  @Override
  public TaskHandle<V> take() throws InterruptedException {
    return ended.take();
  }

  @Override
  public @Nullable TaskHandle<V> poll() {
    return ended.poll();
  }

  @Override
  public @Nullable TaskHandle<V> poll(long timeout, TimeUnit unit) throws InterruptedException {
    return ended.poll(unit.toNanos(timeout));
  }
}
