package taskpool.client.executor;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import taskpool.spi.CurrentTask;

/**
 * A task that runs again and again. Each run is a task of its own, submitted with its delay when
 * the one before has ended: so runs can't overlap, and the coordinator is the clock. Thread-safe.
 */
final class Series implements ScheduledFuture<@Nullable Object> {
  private final Function<Duration, ? extends PoolTask<?>> submit;
  private final LongUnaryOperator nextDueNanos;
  private final Executor resubmitter;
  private final CompletableFuture<@Nullable Object> end = new CompletableFuture<>();
  private volatile long dueNanos;
  private volatile boolean interrupting;
  private volatile @Nullable PoolTask<?> run;

  /**
   * Creates a series that has not started.
   *
   * @param submit submits a run with a delay
   * @param nextDueNanos when a run is due, given when the one before was
   * @param resubmitter takes what may block
   */
  Series(
      Function<Duration, ? extends PoolTask<?>> submit,
      LongUnaryOperator nextDueNanos,
      Executor resubmitter) {
    this.submit = submit;
    this.nextDueNanos = nextDueNanos;
    this.resubmitter = resubmitter;
  }

  /** Submits the first run; throws what submitting throws. */
  void start(Duration delay) {
    dueNanos = System.nanoTime() + TimeUnit.NANOSECONDS.convert(delay);
    submit(delay);
  }

  private void submit(Duration delay) {
    PoolTask<?> submitted = submit.apply(delay);
    run = submitted;
    if (end.isDone()) {
      stop(submitted);
    }
    submitted.whenEnded(() -> resubmitter.execute(() -> afterRun(submitted)));
  }

  private void afterRun(PoolTask<?> ended) {
    if (end.isDone()) {
      return;
    }
    try {
      ended.get();
      dueNanos = nextDueNanos.applyAsLong(dueNanos);
      submit(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
    } catch (ExecutionException e) {
      fail(e.getCause());
    } catch (CancellationException e) {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Wrapped, so that the future takes not even a CompletionException for its own. */
  private void fail(@Nullable Throwable error) {
    end.completeExceptionally(new CompletionException(error));
  }

  /**
   * There is no further run; one that has been submitted is left to whoever calls.
   *
   * @return whether it was this that ended it
   */
  boolean end() {
    return end.completeExceptionally(new CancellationException("the series was cancelled"));
  }

  /** Cancels the last run that was submitted if it has not begun. */
  void withdraw() {
    PoolTask<?> last = run;
    if (last != null) {
      stop(last);
    }
  }

  /** Calls back when there is no further run. */
  void whenEnded(Runnable listener) {
    CompletableFuture<?> unused = end.whenComplete((none, error) -> listener.run());
  }

  private void stop(PoolTask<?> submitted) {
    if (interrupting) {
      submitted.askToCancel();
    } else {
      CompletableFuture<Boolean> unused = submitted.withdraw();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    interrupting |= mayInterruptIfRunning && !end.isDone();
    boolean cancelled = end();
    if (cancelled) {
      withdraw();
    }
    return cancelled;
  }

  @Override
  public boolean isCancelled() {
    return end.isCancelled();
  }

  @Override
  public boolean isDone() {
    return end.isDone();
  }

  @Override
  public @Nullable Object get() throws InterruptedException, ExecutionException {
    CurrentTask.lendSlot();
    try {
      return end.get();
    } finally {
      CurrentTask.takeSlotBack();
    }
  }

  @Override
  public @Nullable Object get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    CurrentTask.lendSlot();
    try {
      return end.get(timeout, unit);
    } finally {
      CurrentTask.takeSlotBack();
    }
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return DelayedTask.compare(this, other);
  }
}
