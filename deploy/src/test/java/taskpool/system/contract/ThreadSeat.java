package taskpool.system.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import taskpool.sync.SharedObjects;

/** A seat on a thread of this process. */
@SuppressWarnings("try") // a test may be interrupted while it closes
final class ThreadSeat implements Seat {
  private final WorkThread work;
  private final Thread thread;

  ThreadSeat(SharedObjects objects, String name) {
    work = new WorkThread(objects);
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      work.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public <R> CompletableFuture<R> does(Work<?, R> what) {
    return work.does(what);
  }

  @Override
  public void interrupt() {
    work.interrupt();
  }

  @Override
  public CompletableFuture<Void> waits() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.awaitWaiting();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Override
  public void close() throws InterruptedException {
    work.stop();
    thread.join(TimeUnit.SECONDS.toMillis(10));
    if (thread.isAlive()) {
      throw new IllegalStateException(thread.getName() + " does not end");
    }
  }
}
