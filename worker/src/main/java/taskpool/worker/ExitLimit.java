package taskpool.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Halts this JVM when its shutdown hooks take too long; those of tasks may wait for ever. */
final class ExitLimit {
  private static final long WORDS_MILLIS = 100;

  private ExitLimit() {}

  /** From now on there is so much time, unless the JVM has ended before. Does not block. */
  static void start(Duration limit, int exitCode) {
    Thread thread = new Thread(() -> haltAfter(limit, exitCode), "exit-limit");
    thread.setDaemon(true);
    thread.start();
  }

  private static void haltAfter(Duration limit, int exitCode) {
    try {
      TimeUnit.NANOSECONDS.sleep(limit.toNanos());
      Thread words = new Thread(() -> say(limit), "exit-limit-words");
      words.setDaemon(true);
      words.start();
      words.join(WORDS_MILLIS); // who reads them may be suspended
    } catch (InterruptedException e) {
      // then at once
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private static void say(Duration limit) {
    System.err.println(
        "the shutdown hooks of this worker took more than " + limit + ": it is halted");
  }
}
