package taskpool.client.executor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import taskpool.spi.CurrentTask;

/** The tasks of an executor that have not ended, and whether it takes more. Thread-safe. */
final class OpenTasks {

  /** A task, and the runnable or callable that it is of, whose {@code equals} is not asked. */
  private static final class Open {
    private final PoolTask<?> task;
    private final Object work;

    Open(PoolTask<?> task, Object work) {
      this.task = task;
      this.work = work;
    }

    Runnable asRunnable() {
      return work instanceof Runnable runnable ? runnable : new Uncalled((Callable<?>) work);
    }
  }

  /** A callable that was never called. */
  private record Uncalled(Callable<?> callable) implements Runnable {
    @Override
    public void run() {
      try {
        callable.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(callable + " failed", e);
      }
    }
  }

  private final Set<Open> open = new LinkedHashSet<>();
  private final Set<Series> series = new LinkedHashSet<>();
  private final CountDownLatch terminated = new CountDownLatch(1);
  private int submitting;
  private boolean shutdown;
  private boolean stopping;

  /**
   * Submits a task and keeps it until it has ended. Blocks as submitting does.
   *
   * @param work what it is of, a runnable or a callable
   * @throws RejectedExecutionException after shutdown
   */
  <R extends @Nullable Object> PoolTask<R> submit(Object work, Supplier<PoolTask<R>> submit) {
    enter();
    PoolTask<R> task;
    boolean stopped;
    try {
      task = submit.get();
    } catch (RuntimeException | Error e) {
      leave(null);
      throw e;
    }
    Open added = new Open(task, work);
    synchronized (this) {
      submitting--;
      open.add(added);
      stopped = stopping;
    }
    task.whenEnded(() -> leave(added));
    if (stopped) {
      stop(task);
    }
    return task;
  }

  private synchronized void enter() {
    checkOpen();
    submitting++;
  }

  private void checkOpen() {
    if (shutdown) {
      throw new RejectedExecutionException("the executor is shut down: it takes no more tasks");
    }
  }

  private synchronized void leave(@Nullable Open ended) {
    if (ended == null) {
      submitting--;
    } else {
      open.remove(ended);
    }
    noteEnd();
  }

  private void noteEnd() {
    if (shutdown && submitting == 0 && open.isEmpty()) {
      terminated.countDown();
    }
  }

  /** One that was on its way when all were cancelled. */
  private static void stop(PoolTask<?> task) {
    if (task.withdraw().join()) {
      throw new RejectedExecutionException("the executor has been shut down meanwhile");
    }
    task.askToCancel();
  }

  /** Keeps a series, to be ended at shutdown. */
  synchronized void add(Series added) {
    checkOpen();
    series.add(added);
  }

  synchronized void remove(Series ended) {
    series.remove(ended);
  }

  /** From now on takes nothing; ends the series. */
  void shutdown() {
    stopTaking().forEach(Series::withdraw);
  }

  /** All at once, so that no series sees itself refused before it has ended. */
  private synchronized List<Series> stopTaking() {
    shutdown = true;
    List<Series> ending = List.copyOf(series);
    ending.forEach(Series::end);
    noteEnd();
    return ending;
  }

  /** Shuts down and cancels everything; gives what had not begun. */
  List<Runnable> shutdownNow() {
    List<Open> all;
    synchronized (this) {
      stopping = true;
      stopTaking();
      all = List.copyOf(open);
    }
    List<CompletableFuture<Boolean>> answers = new ArrayList<>(all.size());
    all.forEach(one -> answers.add(one.task.withdraw()));
    List<Runnable> neverBegun = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (answers.get(i).join()) {
        neverBegun.add(all.get(i).asRunnable());
      } else {
        all.get(i).task.askToCancel();
      }
    }
    return neverBegun;
  }

  synchronized boolean isShutdown() {
    return shutdown;
  }

  boolean isTerminated() {
    return terminated.getCount() == 0;
  }

  /** Waits until nothing is left after a shutdown. */
  boolean awaitEnd(long timeoutNanos) throws InterruptedException {
    if (terminated.await(0, TimeUnit.NANOSECONDS) || timeoutNanos <= 0) {
      return isTerminated();
    }
    CurrentTask.lendSlot();
    try {
      return terminated.await(timeoutNanos, TimeUnit.NANOSECONDS);
    } finally {
      CurrentTask.takeSlotBack();
    }
  }
}
