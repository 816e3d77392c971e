package taskpool.system.contract;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import taskpool.client.sync.SessionObjects;
import taskpool.sync.SharedObjects;

/** Does the work of a seat on the thread that calls {@link #run}. */
final class WorkThread {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final SharedObjects objects;
  private final BlockingQueue<Callable<Boolean>> orders = new LinkedBlockingQueue<>();
  private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private Thread working;

  WorkThread(SharedObjects objects) {
    this.objects = objects;
  }

  <R> CompletableFuture<R> does(Work<?, R> work) {
    CompletableFuture<R> result = new CompletableFuture<>();
    last = result;
    orders.add(
        () -> {
          begin();
          try {
            R value = work.on(objects);
            SessionObjects.settle(); // others hear of it by another way
            end();
            result.complete(value);
          } catch (Throwable e) { // of an assertion, too
            end();
            result.completeExceptionally(e);
          }
          return true;
        });
    return result;
  }

  private synchronized void begin() {
    working = Thread.currentThread();
  }

  /** What comes next starts without a trace of this. */
  private synchronized void end() {
    working = null;
    Thread.interrupted();
  }

  /** Works until {@link #stop}. */
  void run() throws Exception {
    boolean more = true;
    while (more) {
      more = orders.take().call();
    }
  }

  void stop() {
    interrupt();
    orders.add(() -> false);
  }

  synchronized void interrupt() {
    if (working != null) {
      working.interrupt();
    }
  }

  private synchronized boolean isWaiting() {
    if (last.isDone()) {
      throw new IllegalStateException("it has ended, and does not wait");
    }
    if (working == null) {
      return false;
    }
    Thread.State state = working.getState();
    return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
        && Arrays.stream(working.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith("taskpool.client."));
  }

  /** Called on another thread. */
  void awaitWaiting() throws InterruptedException {
    long start = System.nanoTime();
    boolean waits = false;
    while (!waits) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new IllegalStateException("it neither waits nor ends");
      }
      TimeUnit.MILLISECONDS.sleep(1);
      // what a session asks arrives in its order: with the event's answer, what it waits for has
      // been looked at; if it does not wait any more, it was the first of several questions
      waits = isWaiting() && !objects.event("fence").isSet() && isWaiting();
    }
  }
}
