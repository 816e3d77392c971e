package taskpool.simulation;

import java.util.TreeMap;
import taskpool.link.LinkSettings;

/** Watches one end of a connection from outside: what it sends must stay within its bounds. */
final class WireCheck {
  private final LinkSettings settings;
  private final TreeMap<Long, Long> inFlight = new TreeMap<>();
  private long lastSent;
  private long bytesInFlight;

  WireCheck(LinkSettings settings) {
    this.settings = settings;
  }

  void sent(Letter letter) {
    long sequence = letter.header().sequence();
    if (letter.batch() == null || settings.batchBytes() == Integer.MAX_VALUE) {
      return;
    }
    long bytes = letter.bytes();
    // Artery's frames hold two batches, and drop what is larger for ever.
    check(bytes <= 2L * settings.batchBytes(), letter, "does not fit a frame: " + bytes);
    if (sequence > lastSent) {
      check(sequence == lastSent + 1, letter, "skips a number");
      lastSent = sequence;
      inFlight.put(sequence, bytes);
      bytesInFlight += bytes;
    } else {
      check(inFlight.containsKey(sequence), letter, "repeats what was acknowledged");
    }
    // A quarter for what a link does not count: functions, and the heads of chunks.
    check(
        bytesInFlight <= settings.windowBytes() * 5L / 4 + settings.batchBytes(),
        letter,
        "overruns the window: " + bytesInFlight);
  }

  void acknowledged(long sequence) {
    while (!inFlight.isEmpty() && inFlight.firstKey() <= sequence) {
      bytesInFlight -= inFlight.pollFirstEntry().getValue();
    }
  }

  private static void check(boolean holds, Letter letter, String what) {
    if (!holds) {
      throw new AssertionError(letter + " " + what);
    }
  }
}
