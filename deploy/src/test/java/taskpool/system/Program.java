package taskpool.system;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A test program that runs as a JVM of its own, and what it has written. Thread-safe. */
final class Program {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final Lines out;
  private final Lines err;

  Program(String name, ProcessBuilder command) throws IOException {
    this.name = name;
    this.process = command.start();
    this.out = new Lines(name + "-out", process.getInputStream());
    this.err = new Lines(name + "-err", process.getErrorStream());
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** What it has written to standard output so far; all of it once {@link #exitCode} has come. */
  List<String> out() {
    return out.toList();
  }

  List<String> err() {
    return err.toList();
  }

  /** Waits for a line on standard output; the line. */
  String awaitLine(Predicate<String> wanted) {
    await(name + " to write the line")
        .atMost(LIMIT)
        .until(() -> out().stream().anyMatch(wanted) || !isRunning());
    out.finishIf(!isRunning());
    return out().stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " ended without that line\n" + transcript()));
  }

  /** Waits for its end and for the last of its output. */
  int exitCode() throws InterruptedException {
    return exitCode(LIMIT);
  }

  /** The same for a program that may take longer. */
  int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(name + " does not end");
    }
    out.finishIf(true);
    err.finishIf(true);
    return process.exitValue();
  }

  /** All processes that it has started, and that those have. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Sends it a signal, such as {@code KILL} or {@code INT}. */
  void signal(String signal) {
    Signals.send(signal, pid());
  }

  /** Sends its process group a signal, as the terminal does at Ctrl-C. It must lead one. */
  void signalGroup(String signal) {
    Signals.send(signal, "-" + pid());
  }

  /** Kills it and all below it, if they live. */
  void killTree() {
    List<ProcessHandle> below = descendants();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  String transcript() {
    String state = isRunning() ? "runs" : "ended with " + process.exitValue();
    return "--- %s (pid %d, %s)%nout: %s%nerr: %s%n"
        .formatted(
            name, pid(), state, String.join("\n     ", out()), String.join("\n     ", err()));
  }

  /** The lines of one stream. */
  private static final class Lines {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    Lines(String name, InputStream from) {
      reader = new Thread(() -> read(from), name);
      reader.setDaemon(true);
      reader.start();
    }

    private void read(InputStream from) {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("(" + new UncheckedIOException(e) + ")");
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
    }

    synchronized List<String> toList() {
      return List.copyOf(lines);
    }

    /** Waits for the stream's end, for as long as an orphan that holds it open may live. */
    void finishIf(boolean ended) {
      if (ended) {
        try {
          reader.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
