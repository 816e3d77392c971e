package taskpool.client.executor;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import taskpool.Call;
import taskpool.PoolExecutor;
import taskpool.TaskHandle;
import taskpool.error.PoolClosedException;

/** An executor whose tasks run in a pool. Thread-safe. */
public final class SessionExecutor implements PoolExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(SessionExecutor.class);
  private static final long CLOSE_STEP_DAYS = 1;

  private final ExecutorPool pool;
  private final Executor resubmitter;
  private final OpenTasks open = new OpenTasks();

  /**
   * Creates an executor without tasks.
   *
   * @param resubmitter runs what submits the tasks of series, which may block
   */
  public SessionExecutor(ExecutorPool pool, Executor resubmitter) {
    this.pool = pool;
    this.resubmitter = resubmitter;
  }

  private <R extends @Nullable Object> PoolTask<R> start(Call<R> call, Object work) {
    return open.submit(work, () -> pool.submitOrReject(call));
  }

  private <T> PoolTask<T> start(Callable<T> task) {
    return start(Call.<T>ofCallable(task), task);
  }

  private PoolTask<@Nullable Void> start(Runnable task) {
    return start(Call.ofRunnable(task), task);
  }

  @Override
  public <T> TaskHandle<T> submit(Callable<T> task) {
    return start(Objects.requireNonNull(task, "task"));
  }

  @Override
  public TaskHandle<?> submit(Runnable task) {
    return start(Objects.requireNonNull(task, "task"));
  }

  @Override
  public <T> TaskHandle<T> submit(Runnable task, T result) {
    return start(Objects.requireNonNull(task, "task")).giving(result);
  }

  @Override
  public void execute(Runnable task) {
    var unused = start(Objects.requireNonNull(task, "task")).errorCallback(SessionExecutor::note);
  }

  private static void note(Throwable error) {
    if (!(error instanceof CancellationException || error instanceof PoolClosedException)) {
      LOG.error("a task given to execute failed", error);
    }
  }

  private <T> Invocation<T> invocation(Collection<? extends Callable<T>> tasks, long limitNanos) {
    return new Invocation<>(tasks, this::start, limitNanos);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return this.<T>invocation(tasks, Invocation.noLimit()).all();
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return this.<T>invocation(tasks, unit.toNanos(timeout)).all();
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    try {
      return this.<T>invocation(tasks, Invocation.noLimit()).any();
    } catch (TimeoutException e) {
      throw new AssertionError("there is no limit", e);
    }
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return this.<T>invocation(tasks, unit.toNanos(timeout)).any();
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    Objects.requireNonNull(task, "task");
    return delayed(Call.<V>ofCallable(task), task, delayOf(delay, unit));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Objects.requireNonNull(task, "task");
    return delayed(Call.ofRunnable(task), task, delayOf(delay, unit));
  }

  private static Duration delayOf(long delay, TimeUnit unit) {
    return Duration.ofNanos(Math.max(0, unit.toNanos(delay)));
  }

  private <V extends @Nullable Object> ScheduledFuture<V> delayed(
      Call<V> call, Object work, Duration delay) {
    long dueNanos = System.nanoTime() + TimeUnit.NANOSECONDS.convert(delay);
    return new DelayedTask<>(startAfter(delay, call, work), dueNanos);
  }

  private <V extends @Nullable Object> PoolTask<V> startAfter(
      Duration delay, Call<V> call, Object work) {
    return start(call.with(pool.options().withDelay(delay)), work);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    Objects.requireNonNull(task, "task");
    long periodNanos = checkPositive("period", period, unit);
    return series(task, delayOf(initialDelay, unit), dueNanos -> dueNanos + periodNanos);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    Objects.requireNonNull(task, "task");
    long delayNanos = checkPositive("delay", delay, unit);
    return series(task, delayOf(initialDelay, unit), dueNanos -> System.nanoTime() + delayNanos);
  }

  private static long checkPositive(String what, long time, TimeUnit unit) {
    Objects.requireNonNull(unit, "unit");
    if (time <= 0) {
      throw new IllegalArgumentException("%s must be positive, not %d".formatted(what, time));
    }
    return unit.toNanos(time);
  }

  private Series series(Runnable task, Duration initialDelay, LongUnaryOperator nextDueNanos) {
    Series series =
        new Series(
            delay -> startAfter(delay, Call.ofRunnable(task), task), nextDueNanos, resubmitter);
    open.add(series);
    series.whenEnded(() -> open.remove(series));
    try {
      series.start(initialDelay);
    } catch (RuntimeException e) {
      series.end();
      throw e;
    }
    return series;
  }

  @Override
  public void shutdown() {
    open.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return open.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return open.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return open.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return open.awaitEnd(unit.toNanos(timeout));
  }

  @Override
  public void close() {
    shutdown();
    boolean interrupted = false;
    while (!isTerminated()) {
      try {
        boolean unused = awaitTermination(CLOSE_STEP_DAYS, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
        List<Runnable> unused = shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
