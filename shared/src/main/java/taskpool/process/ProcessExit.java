package taskpool.process;

import java.util.concurrent.CompletableFuture;

/**
 * Tells when a process that this one has started has ended, on a thread of its own. The JDK's
 * {@code onExit} tells it by way of the common pool, which a program may keep busy for as long as
 * it likes.
 */
public final class ProcessExit {
  private ProcessExit() {}

  /** Done when it has ended. */
  public static CompletableFuture<Void> of(Process child) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              await(child);
              ended.complete(null);
            },
            "exit of " + child.pid());
    thread.setDaemon(true);
    thread.start();
    return ended;
  }

  /**
   * Waits until it has ended, on a thread that does nothing else: an interrupt, such as one that is
   * meant for all threads of a program, changes nothing.
   */
  public static void await(Process child) {
    while (child.isAlive()) {
      try {
        int unused = child.waitFor();
      } catch (InterruptedException e) {
        // not meant for this thread
      }
    }
  }
}
