package taskpool.system;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes, as {@code kill} does. */
final class Signals {
  private Signals() {}

  /**
   * Sends it and waits until that is done.
   *
   * @param signal such as {@code KILL} or {@code STOP}
   */
  static void send(String signal, long pid) {
    send(signal, Long.toString(pid));
  }

  /** The same to a target as {@code kill} takes it: with a minus, a group. */
  static void send(String signal, String target) {
    try {
      int code =
          new ProcessBuilder("kill", "-s", signal, "--", target).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IOException("kill -s %s -- %s: exit code %d".formatted(signal, target, code));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a signal", e);
    }
  }
}
