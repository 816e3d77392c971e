package taskpool.worker;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * What tasks find around them and may change, but not leave changed to the next: the standard
 * streams, the default locale and time zone, and their thread's name, priority and context class
 * loader. Looked after between any two tasks, so while nobody changes anything it does no more than
 * compare.
 *
 * <p>Tasks that run at the same time in one worker share all but the thread. What else a task
 * leaves in its JVM (static fields, system properties, thread-locals, threads) stays, as it does in
 * a process of Python's multiprocessing.
 *
 * <p>Confined to the thread that it was made on.
 */
final class Surroundings {
  private final InputStream in = System.in;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Locale locale = Locale.getDefault();
  private final Locale displayLocale = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale formatLocale = Locale.getDefault(Locale.Category.FORMAT);
  private final TimeZone zone = TimeZone.getDefault();
  private final Thread thread = Thread.currentThread();
  private final String name = thread.getName();
  private final int priority = thread.getPriority();
  private final @Nullable ClassLoader loader = thread.getContextClassLoader();

  private Surroundings() {}

  /** As they are now, for the tasks of this thread. */
  static Surroundings now() {
    return new Surroundings();
  }

  /** Puts back what is not as it was. */
  void restore() {
    restoreStreams();
    restoreLocales();
    if (!TimeZone.getDefault().equals(zone)) {
      TimeZone.setDefault(zone);
    }
    restoreThread();
  }

  @SuppressWarnings("ThreadPriorityCheck") // only put back
  private void restoreThread() {
    if (!thread.getName().equals(name)) {
      thread.setName(name);
    }
    if (thread.getPriority() != priority) {
      thread.setPriority(priority);
    }
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
  }

  private void restoreStreams() {
    if (System.in != in) {
      System.setIn(in);
    }
    if (System.out != out) {
      System.setOut(out);
    }
    if (System.err != err) {
      System.setErr(err);
    }
  }

  private void restoreLocales() {
    if (!Locale.getDefault().equals(locale)) {
      Locale.setDefault(locale);
    }
    // after the one above, which sets these, too
    if (!Locale.getDefault(Locale.Category.DISPLAY).equals(displayLocale)) {
      Locale.setDefault(Locale.Category.DISPLAY, displayLocale);
    }
    if (!Locale.getDefault(Locale.Category.FORMAT).equals(formatLocale)) {
      Locale.setDefault(Locale.Category.FORMAT, formatLocale);
    }
  }
}
