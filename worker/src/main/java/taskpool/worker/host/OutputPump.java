package taskpool.worker.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes on what a process writes, in whole lines; a very long line in pieces. */
final class OutputPump {
  private static final int MAX_LINE_CHARS = 64 * 1024;

  private final InputStream from;
  private final Supplier<PrintStream> to;
  private final String prefix;
  private final LastLines lastLines;

  private OutputPump(
      InputStream from, Supplier<PrintStream> to, String prefix, LastLines lastLines) {
    this.from = from;
    this.to = to;
    this.prefix = prefix;
    this.lastLines = lastLines;
  }

  /**
   * Starts a thread that ends with the stream.
   *
   * @return done when all has been passed on
   */
  static CompletableFuture<@Nullable Void> start(
      String name, InputStream from, Supplier<PrintStream> to, String prefix, LastLines lastLines) {
    OutputPump pump = new OutputPump(from, to, prefix, lastLines);
    CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    Thread thread = new Thread(() -> pump.runUntil(ended), name);
    thread.setDaemon(true);
    thread.start();
    return ended;
  }

  private void runUntil(CompletableFuture<@Nullable Void> ended) {
    try {
      run();
    } finally {
      ended.complete(null);
    }
  }

  private void run() {
    StringBuilder line = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(from, Charset.defaultCharset()))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          pass(line);
        } else if (c != '\r') {
          line.append((char) c);
        }
        if (line.length() == MAX_LINE_CHARS) {
          pass(line);
        }
      }
    } catch (IOException e) {
      // the process is gone, and its pipe with it
    }
    if (!line.isEmpty()) {
      pass(line);
    }
  }

  private void pass(StringBuilder line) {
    String text = line.toString();
    line.setLength(0);
    lastLines.add(text);
    to.get().println(prefix + text);
  }
}
