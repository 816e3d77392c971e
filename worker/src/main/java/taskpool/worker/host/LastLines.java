package taskpool.worker.host;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a process wrote; of a very long one its beginning. Thread-safe. */
final class LastLines {
  private static final int MAX = 50;
  private static final int MAX_LINE_CHARS = 4_096;

  private final ArrayDeque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == MAX) {
      lines.remove();
    }
    lines.add(line.length() <= MAX_LINE_CHARS ? line : line.substring(0, MAX_LINE_CHARS) + "…");
  }

  synchronized List<String> toList() {
    return List.copyOf(lines);
  }
}
