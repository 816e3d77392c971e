package taskpool.worker.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import taskpool.error.CrashReport;

/** Reads the report that a JVM leaves when it crashes in native code. */
final class CrashFile {
  private static final int HEAD_LINES = 40;

  /** File systems may keep coarse times. */
  private static final Duration COARSE = Duration.ofSeconds(2);

  private CrashFile() {}

  /**
   * The report of a process that has ended, if it left one; what lies there from a process before
   * it does not count.
   */
  static Optional<CrashReport> read(Path file, Instant startedAt) {
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(startedAt.minus(COARSE))) {
        return Optional.empty();
      }
      return Optional.of(new CrashReport(file, head(file)));
    } catch (IOException e) {
      return Optional.empty(); // there is none
    }
  }

  private static List<String> head(Path file) throws IOException {
    List<String> head = new ArrayList<>();
    // any bytes are valid in this charset, and the text is ASCII as a rule
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      while (line != null && head.size() < HEAD_LINES) {
        head.add(line);
        line = reader.readLine();
      }
    }
    return head;
  }
}
