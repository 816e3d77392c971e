package taskpool.client.executor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import taskpool.Call;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskProgress;

/** A pool that runs nothing: the test says how each task ends. Confined to a test's thread. */
final class FakePool implements ExecutorPool {
  final List<Task<Object>> tasks = new ArrayList<>();
  final List<Duration> delays = new ArrayList<>();

  /** Called in the middle of each submission. */
  Runnable whileSubmitting = () -> {};

  @Override
  @SuppressWarnings("unchecked") // nobody looks at the results
  public <R> PoolTask<R> applyAsync(Call<R> call) {
    whileSubmitting.run();
    Task<Object> task = new Task<>();
    tasks.add(task);
    delays.add(call.options().orElse(options()).delay());
    return (PoolTask<R>) task;
  }

  @Override
  public TaskOptions options() {
    return TaskOptions.none();
  }

  Task<Object> last() {
    return tasks.get(tasks.size() - 1);
  }

  /** A task that is queued until it is begun or ended. */
  static final class Task<R> extends CompletableFuture<R> implements PoolTask<R> {
    boolean begun;
    boolean askedToCancel;

    @Override
    public void whenEnded(Runnable listener) {
      var unused = whenComplete((result, error) -> listener.run());
    }

    @Override
    public void askToCancel() {
      askedToCancel = true;
    }

    @Override
    public CompletableFuture<Boolean> withdraw() {
      return CompletableFuture.completedFuture(!begun && cancel(false));
    }

    @Override
    public <T> PoolTask<T> giving(T result) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String id() {
      return "fake";
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
      try {
        get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException e) {
        return false;
      } catch (java.util.concurrent.ExecutionException | RuntimeException e) {
        return true;
      }
    }

    @Override
    public boolean successful() {
      return isDone() && !isCompletedExceptionally();
    }

    @Override
    public Optional<TaskProgress> progress() {
      return Optional.empty();
    }

    @Override
    public TaskHandle<R> onProgress(Consumer<? super TaskProgress> listener) {
      return this;
    }

    @Override
    public TaskHandle<R> callback(Consumer<? super R> callback) {
      return this;
    }

    @Override
    public TaskHandle<R> errorCallback(Consumer<? super Throwable> callback) {
      return this;
    }
  }
}
