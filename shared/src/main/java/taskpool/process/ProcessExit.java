package taskpool.process;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells when a process has ended, on a thread of its own. The JDK's {@code onExit} tells it by way
 * of the common pool, which a program may keep busy for as long as it likes.
 */
public final class ProcessExit {
  private static final long LOOK_MILLIS = 50;

  private ProcessExit() {}

  /** Done when a process that this one has started has ended. */
  public static CompletableFuture<Void> of(Process child) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    start(
        child.pid(),
        () -> {
          int unused = child.waitFor();
          ended.complete(null);
        });
    return ended;
  }

  /**
   * Calls back when any process of this machine has ended, or if it has already. It is looked at
   * every 50 ms: only a parent is told.
   */
  public static void then(long pid, Runnable ended) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    start(
        pid,
        () -> {
          while (process.isPresent() && process.get().isAlive()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
          }
          ended.run();
        });
  }

  private interface Waiting {
    void run() throws InterruptedException;
  }

  private static void start(long pid, Waiting waiting) {
    Thread thread =
        new Thread(
            () -> {
              try {
                waiting.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does that
              }
            },
            "exit of " + pid);
    thread.setDaemon(true);
    thread.start();
  }
}
