package taskpool.worker.host;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a process wrote. Thread-safe. */
final class LastLines {
  private static final int MAX = 50;

  private final ArrayDeque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == MAX) {
      lines.remove();
    }
    lines.add(line);
  }

  synchronized List<String> toList() {
    return List.copyOf(lines);
  }
}
