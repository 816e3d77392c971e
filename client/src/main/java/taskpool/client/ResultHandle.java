package taskpool.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import taskpool.TaskHandle;
import taskpool.TaskProgress;
import taskpool.client.executor.PoolTask;
import taskpool.codec.Failure;
import taskpool.codec.Results;
import taskpool.node.BriefSpin;
import taskpool.spi.CurrentTask;

/** The handle on one task, or on the tasks that a map was cut into. Thread-safe. */
final class ResultHandle<R extends @Nullable Object> extends ForwardingStage<R>
    implements PoolTask<R> {
  private static final Logger LOG = LoggerFactory.getLogger(ResultHandle.class);

  private static final ThreadLocal<BriefSpin> SPIN = ThreadLocal.withInitial(BriefSpin::new);

  /** How to ask the coordinator to cancel. */
  interface Canceller {
    void cancel(long task, boolean interrupt);
  }

  private final Supplier<String> id;
  private final List<PendingTask> tasks;
  private final Function<List<List<@Nullable Object>>, R> combine;
  private final Canceller canceller;
  private final Executor callbacks;
  private final CompletableFuture<?> ended;

  private @Nullable CompletableFuture<R> stage;
  private @Nullable CompletableFuture<R> decoded;

  /**
   * Creates the handle.
   *
   * @param combine makes the result out of the values of the calls of each task
   * @param callbacks runs callbacks one after the other
   */
  ResultHandle(
      Supplier<String> id,
      List<PendingTask> tasks,
      Function<List<List<@Nullable Object>>, R> combine,
      Canceller canceller,
      Executor callbacks) {
    this.id = id;
    this.tasks = tasks;
    this.combine = combine;
    this.canceller = canceller;
    this.callbacks = callbacks;
    this.ended =
        tasks.size() == 1
            ? tasks.get(0).ended()
            : CompletableFuture.allOf(
                tasks.stream().map(PendingTask::ended).toArray(CompletableFuture[]::new));
  }

  @Override
  public String id() {
    return id.get();
  }

  @Override
  public R get() throws InterruptedException, ExecutionException {
    for (PendingTask task : tasks) {
      awaitEnd(task.ended());
      task.decodeAhead(); // while the next ones run
    }
    return decoded().get();
  }

  private static void awaitEnd(CompletableFuture<?> end)
      throws InterruptedException, ExecutionException {
    if (!end.isDone()) {
      BriefSpin spin = SPIN.get();
      spin.await(end::isDone);
      if (!end.isDone()) {
        CurrentTask.lendSlot();
        try {
          end.get();
        } finally {
          CurrentTask.takeSlotBack();
        }
      }
      spin.learn();
    }
  }

  @Override
  public R get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    awaitEnd(timeout, unit);
    return decoded().get();
  }

  private void awaitEnd(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (ended.isDone() || timeout <= 0) {
      ended.get(timeout, unit);
      return;
    }
    CurrentTask.lendSlot();
    try {
      ended.get(timeout, unit);
    } finally {
      CurrentTask.takeSlotBack();
    }
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    try {
      awaitEnd(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("a task's end is no error", e);
    }
  }

  /** The result, read from its bytes by the first thread that asks after the end. */
  private synchronized CompletableFuture<R> decoded() {
    CompletableFuture<R> known = decoded;
    if (known == null) {
      known = decode();
      decoded = known;
    }
    return known;
  }

  private CompletableFuture<R> decode() {
    CompletableFuture<R> result = new CompletableFuture<>();
    List<List<@Nullable Object>> parts = new ArrayList<>(tasks.size());
    try {
      for (PendingTask task : tasks) {
        List<@Nullable Object> part = task.results();
        Failure failure = Results.firstFailure(part);
        if (failure != null) {
          result.completeExceptionally(failedWith(task.throwable(failure)));
          return result;
        }
        parts.add(part);
      }
      result.complete(combine.apply(parts));
    } catch (ExecutionException e) {
      result.completeExceptionally(failedWith(e.getCause()));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  /** Wrapped, so that a future takes not even a CompletionException of the task's for its own. */
  private static CompletionException failedWith(@Nullable Throwable error) {
    return new CompletionException(error);
  }

  @Override
  public boolean isDone() {
    return ended.isDone();
  }

  @Override
  public boolean isCancelled() {
    return isDone() && tasks.stream().anyMatch(PendingTask::isCancelled);
  }

  @Override
  public boolean successful() {
    if (!isDone()) {
      throw new IllegalStateException("task " + id() + " has not ended yet");
    }
    return !decoded().isCompletedExceptionally();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    for (PendingTask task : tasks) {
      if (!task.ended().isDone()) {
        answers.add(ask(task, mayInterruptIfRunning));
      }
    }
    boolean accepted = false;
    try {
      for (CompletableFuture<Boolean> answer : answers) {
        accepted |= answer.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return isCancelled();
    } catch (ExecutionException e) {
      throw new AssertionError("an answer is no error", e);
    }
    return accepted;
  }

  @Override
  public void whenEnded(Runnable listener) {
    CompletableFuture<?> unused = ended.thenRun(listener);
  }

  @Override
  public void askToCancel() {
    for (PendingTask task : tasks) {
      CompletableFuture<Boolean> unused = ask(task, true);
    }
  }

  private CompletableFuture<Boolean> ask(PendingTask task, boolean interrupt) {
    return task.cancel(() -> canceller.cancel(task.number(), interrupt));
  }

  @Override
  public CompletableFuture<Boolean> withdraw() {
    PendingTask task = tasks.get(0);
    return task.withdraw(() -> canceller.cancel(task.number(), false));
  }

  @Override
  public <T extends @Nullable Object> PoolTask<T> giving(T result) {
    return new ResultHandle<>(id, tasks, parts -> result, canceller, callbacks);
  }

  @Override
  public Optional<TaskProgress> progress() {
    return tasks.size() == 1 ? tasks.get(0).progress() : Optional.empty();
  }

  @Override
  public TaskHandle<R> onProgress(Consumer<? super TaskProgress> listener) {
    tasks.forEach(
        task -> task.setProgressListener(report -> callBack(() -> listener.accept(report))));
    return this;
  }

  @Override
  public TaskHandle<R> callback(Consumer<? super R> callback) {
    return atEnd(
        () -> {
          CompletableFuture<R> result = decoded();
          if (!result.isCompletedExceptionally()) {
            callback.accept(result.join());
          }
        });
  }

  @Override
  public TaskHandle<R> errorCallback(Consumer<? super Throwable> callback) {
    return atEnd(() -> error().ifPresent(callback));
  }

  private TaskHandle<R> atEnd(Runnable call) {
    CompletableFuture<?> unused = ended.thenRun(() -> callBack(call));
    return this;
  }

  private Optional<Throwable> error() {
    try {
      decoded().join();
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.ofNullable(e.getCause());
    } catch (CancellationException e) {
      return Optional.of(e);
    }
  }

  private void callBack(Runnable call) {
    callbacks.execute(
        () -> {
          try {
            call.run();
          } catch (Throwable e) {
            LOG.error("a callback of task {} threw", id(), e);
          }
        });
  }

  @Override
  synchronized CompletableFuture<R> stage() {
    CompletableFuture<R> known = stage;
    if (known == null) {
      known = ended.thenComposeAsync(end -> decoded(), ForkJoinPool.commonPool());
      stage = known;
    }
    return known;
  }

  @Override
  public String toString() {
    String state = !isDone() ? "pending" : isCancelled() ? "cancelled" : "done";
    return "task " + id() + " (" + state + ")";
  }
}
