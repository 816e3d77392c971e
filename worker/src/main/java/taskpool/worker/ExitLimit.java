package taskpool.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Halts this JVM when its shutdown hooks take too long; those of tasks may wait for ever. */
final class ExitLimit {
  private static final long WORDS_MILLIS = 100;

  private ExitLimit() {}

  /**
   * From now on there is so much time, unless the JVM has ended before. Does not block.
   *
   * @param words says so when the time is over; who listens may be suspended, so not for long
   */
  static void start(Duration limit, int exitCode, Runnable words) {
    Thread thread = daemon("exit-limit", () -> haltAfter(limit, exitCode, words));
    thread.start();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void haltAfter(Duration limit, int exitCode, Runnable words) {
    try {
      TimeUnit.NANOSECONDS.sleep(limit.toNanos());
      Thread speaker = daemon("exit-words", words);
      speaker.start();
      speaker.join(WORDS_MILLIS);
    } catch (InterruptedException e) {
      // then at once
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
