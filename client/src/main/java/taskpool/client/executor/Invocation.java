package taskpool.client.executor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Callables that are run together, for all their results or any. What has not ended when it is over
 * is cancelled, however it is over. Confined to the thread that waits.
 */
final class Invocation<T> {
  private final List<Callable<T>> callables;
  private final Function<Callable<T>, PoolTask<T>> submit;
  private final long startNanos = System.nanoTime();
  private final long limitNanos;
  private final List<PoolTask<T>> submitted = new ArrayList<>();
  private @Nullable ExecutionException failure;

  /**
   * Creates it; nothing is submitted yet.
   *
   * @param limitNanos how long it may take from now on
   * @throws NullPointerException if one of the callables is null
   */
  Invocation(
      Collection<? extends Callable<T>> callables,
      Function<Callable<T>, PoolTask<T>> submit,
      long limitNanos) {
    this.callables = new ArrayList<>(callables);
    this.callables.forEach(Objects::requireNonNull);
    this.submit = submit;
    this.limitNanos = limitNanos;
  }

  private long leftNanos() {
    return limitNanos - (System.nanoTime() - startNanos);
  }

  private PoolTask<T> submit(Callable<T> callable) throws InterruptedException {
    try {
      PoolTask<T> task = submit.apply(callable);
      submitted.add(task);
      return task;
    } catch (RejectedExecutionException e) {
      if (e.getCause() instanceof CancellationException && Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for room in the pool's window");
      }
      throw e;
    }
  }

  /** A future for each callable, all of them done. */
  List<Future<T>> all() throws InterruptedException {
    try {
      for (Callable<T> callable : callables) {
        if (leftNanos() <= 0) {
          break;
        }
        PoolTask<T> unused = submit(callable);
      }
      List<Future<T>> futures = new ArrayList<>(callables.size());
      for (PoolTask<T> task : submitted) {
        boolean ended = task.await(Duration.ofNanos(Math.max(0, leftNanos())));
        futures.add(ended ? task : cancelled());
      }
      while (futures.size() < callables.size()) {
        futures.add(cancelled());
      }
      return futures;
    } finally {
      cancelTheRest();
    }
  }

  /** Done, as the task itself is not before it has noticed. */
  private static <T> Future<T> cancelled() {
    CompletableFuture<T> future = new CompletableFuture<>();
    future.cancel(false);
    return future;
  }

  private void cancelTheRest() {
    for (PoolTask<T> task : submitted) {
      if (!task.isDone()) {
        task.askToCancel();
      }
    }
  }

  /** The result of the first that has one. */
  T any() throws InterruptedException, ExecutionException, TimeoutException {
    if (callables.isEmpty()) {
      throw new IllegalArgumentException("there is no task to invoke");
    }
    EndedTasks<T> ended = new EndedTasks<>();
    Iterator<Callable<T>> next = callables.iterator();
    try {
      for (int unknown = callables.size(); unknown > 0; ) {
        PoolTask<T> first = next.hasNext() ? ended.poll() : await(ended);
        if (first == null) {
          ended.add(submit(next.next()));
        } else if (succeeded(first)) {
          return first.get();
        } else {
          unknown--;
        }
      }
    } finally {
      cancelTheRest();
    }
    throw Objects.requireNonNull(failure);
  }

  private PoolTask<T> await(EndedTasks<T> ended) throws InterruptedException, TimeoutException {
    PoolTask<T> first = ended.poll(leftNanos());
    if (first == null) {
      throw new TimeoutException("no task has a result after " + Duration.ofNanos(limitNanos));
    }
    return first;
  }

  private boolean succeeded(PoolTask<T> task) throws InterruptedException {
    try {
      task.get();
      return true;
    } catch (ExecutionException e) {
      failure = e;
    } catch (CancellationException e) {
      failure = new ExecutionException(e);
    }
    return false;
  }

  /** A limit that is none. */
  static long noLimit() {
    return TimeUnit.NANOSECONDS.convert(Duration.ofSeconds(Long.MAX_VALUE));
  }
}
