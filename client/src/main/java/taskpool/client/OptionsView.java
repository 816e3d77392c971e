package taskpool.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import taskpool.Call;
import taskpool.ResultIterator;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;
import taskpool.client.executor.PoolTask;
import taskpool.client.sync.SessionObjects;
import taskpool.function.Args;
import taskpool.function.Function1;

/** A pool whose calls have other options where they have none of their own. Thread-safe. */
final class OptionsView extends SharingPool {
  private final SessionPool pool;
  private final SessionObjects objects;
  private final TaskOptions options;

  /**
   * Creates it.
   *
   * @param objects those of the pool that it is a view of: they know what this process owns
   */
  OptionsView(SessionPool pool, SessionObjects objects, TaskOptions options) {
    this.pool = pool;
    this.objects = objects;
    this.options = Objects.requireNonNull(options, "options");
  }

  /** How other processes find the pool itself; its options do not travel. */
  PoolReference reference() {
    return pool.reference();
  }

  @Override
  SessionPool session() {
    return pool;
  }

  @Override
  public TaskOptions options() {
    return options;
  }

  @Override
  SessionObjects objects() {
    return objects;
  }

  private <R extends @Nullable Object> Call<R> complete(Call<R> call) {
    return call.options().isPresent() ? call : call.with(options);
  }

  private Call<?> template(Function1<?, ?> function) {
    return Call.template(function).with(options);
  }

  @Override
  public TaskPool with(TaskOptions others) {
    return new OptionsView(pool, objects, others);
  }

  @Override
  public <R extends @Nullable Object> PoolTask<R> applyAsync(Call<R> call) {
    return pool.applyAsync(complete(call));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items) {
    return EagerMap.start(pool, template(function), items, EagerMap.ANY_SIZE);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return EagerMap.start(pool, template(function), items, SessionPool.checkedChunkSize(chunkSize));
  }

  @Override
  public <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls) {
    return pool.starmapAsync(complete(function), calls);
  }

  @Override
  public <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls, int chunkSize) {
    return pool.starmapAsync(complete(function), calls, chunkSize);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return pool.lazyMap(template(function), items, chunkSize, true);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return pool.lazyMap(template(function), items, chunkSize, false);
  }

  @Override
  public int workers() {
    return pool.workers();
  }

  @Override
  public void shutdown() {
    pool.shutdown();
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return pool.join(timeout);
  }

  @Override
  public void join() throws InterruptedException {
    pool.join();
  }

  @Override
  public void terminate() {
    pool.terminate();
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public void close() {
    pool.close();
  }
}
