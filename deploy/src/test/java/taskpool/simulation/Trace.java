package taskpool.simulation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens in a run, line by line, for whoever replays it. */
final class Trace {
  private final VirtualTime time;
  private final boolean on;

  Trace(VirtualTime time, boolean on) {
    this.time = time;
    this.on = on;
  }

  boolean isOn() {
    return on;
  }

  void log(String format, @Nullable Object... values) {
    if (on) {
      String line = String.format(Locale.ROOT, format, values);
      System.out.printf(Locale.ROOT, "%14.6f ms  %s%n", time.nowNanos() / 1e6, line);
    }
  }
}
