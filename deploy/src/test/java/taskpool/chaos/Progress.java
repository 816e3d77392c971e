package taskpool.chaos;

import java.time.Duration;

/**
 * Says on standard error how far a run is: a line that is written again and again on a terminal, a
 * line every ten seconds elsewhere. For one thread, but for {@link #silence}.
 */
final class Progress {
  private static final long TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
  private static final long ELSEWHERE_NANOS = Duration.ofSeconds(10).toNanos();

  private final boolean terminal;
  private long startNanos;
  private long shownNanos;
  private boolean inLine;
  private volatile boolean silent;

  /** The launcher says how wide the terminal is, 0 if there is none. */
  Progress() {
    this.terminal = Integer.getInteger("taskpool.terminal.columns", 0) > 0;
  }

  /** The run begins now. */
  void begin() {
    startNanos = System.nanoTime();
    shownNanos = startNanos;
  }

  /** Shows it, if it is time. */
  void show(Plan plan, long tasks, long kills, long pauses) {
    long now = System.nanoTime();
    if (silent || now - shownNanos < (terminal ? TERMINAL_NANOS : ELSEWHERE_NANOS)) {
      return;
    }
    shownNanos = now;
    long seconds = Duration.ofNanos(now - startNanos).toSeconds();
    String line =
        "chaos: %d of %d s, %d tasks, %d kills, %d pauses"
            .formatted(seconds, plan.length().toSeconds(), tasks, kills, pauses);
    System.err.print(terminal ? "\r" + line + " " : line + System.lineSeparator());
    inLine = terminal;
  }

  /** Says what is wrong. */
  void say(String line) {
    if (!silent) {
      end();
      System.err.println("chaos: " + line);
    }
  }

  /** Leaves the line that is written again and again. */
  void end() {
    if (inLine) {
      System.err.println();
      inLine = false;
    }
  }

  /** Says nothing from now on: the program is ending. Safe from any thread. */
  void silence() {
    silent = true;
  }
}
