package taskpool.process;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Tells a JVM that a signal ends from one that ends by itself, which a shutdown hook can't see. No
 * signal handler is installed: a program's own stays in force. A JVM serves each signal on a thread
 * that bears its name, and one that ends the JVM is to be found in its shutdown for as long as
 * hooks run; also one that comes when they run already. Thread-safe.
 */
public final class EndingSignal {
  private static final Pattern HANDLER = Pattern.compile("SIG(TERM|INT|HUP) handler");
  private static final String SHUTDOWN = "java.lang.Shutdown";

  private EndingSignal() {}

  /** Whether SIGTERM, SIGINT or SIGHUP is ending this JVM now. */
  public static boolean received() {
    ThreadGroup root = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    for (ThreadGroup next = root.getParent(); next != null; next = next.getParent()) {
      root = next;
    }
    Thread[] threads = new Thread[2 * root.activeCount() + 1];
    int count = root.enumerate(threads);
    return Arrays.stream(threads, 0, count).anyMatch(EndingSignal::isEnding);
  }

  private static boolean isEnding(Thread thread) {
    return HANDLER.matcher(thread.getName()).matches()
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(SHUTDOWN));
  }
}
