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
    then(child, () -> ended.complete(null));
    return ended;
  }

  /** Does something when it has ended, on that thread, also if it has already. */
  public static void then(Process child, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              await(child);
              work.run();
            },
            "exit of " + child.pid());
    thread.setDaemon(true);
    thread.start();
  }

  /** An interrupt, such as one that is meant for all threads of a program, changes nothing. */
  private static void await(Process child) {
    while (child.isAlive()) {
      try {
        int unused = child.waitFor();
      } catch (InterruptedException e) {
        // not meant for this thread
      }
    }
  }
}
