package taskpool.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs work of one pool one after the other, on a daemon thread that comes and goes. */
final class CallbackThread implements Executor {
  private final ThreadPoolExecutor executor;

  CallbackThread(String name) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable callback) {
    executor.execute(callback);
  }

  /** Waits for the callbacks that are there now. */
  void awaitQuiet() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    executor.execute(reached::countDown);
    reached.await();
  }
}
