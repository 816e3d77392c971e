package taskpool.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import taskpool.benchmarks.contender.ContenderProgram;

/** Starts a contender's program, waits for its end and reads its figures. */
final class ProgramRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LAST_LINES = 30;
  private static final double NANOS_PER_SECOND = 1e9;

  /** A program did not do what it was to; says how, with its last words. */
  static final class FailedException extends Exception {
    private final String reason;
    private final String output;

    FailedException(String reason, String output) {
      super(reason);
      this.reason = reason;
      this.output = output;
    }

    String reason() {
      return reason;
    }

    /** The end of what it wrote on both outputs. */
    String output() {
      return output;
    }
  }

  private record Output(List<String> lines, double readySeconds) {}

  private final Programs programs;
  private final Duration limit;

  ProgramRun(Programs programs, Duration limit) {
    this.programs = programs;
    this.limit = limit;
  }

  /**
   * Runs a program; nothing of it is left when this returns.
   *
   * @return the figures by line
   */
  Map<String, List<Double>> run(Workload workload, List<String> command, Map<String, String> env)
      throws FailedException, IOException, InterruptedException {
    Path errors = Files.createTempFile("benchmark-", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(env);
      long start = System.nanoTime();
      Process process = programs.start(builder);
      FutureTask<Output> reader = new FutureTask<>(() -> read(process, start));
      Thread thread = new Thread(reader, "program-output");
      thread.setDaemon(true);
      thread.start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      boolean left = ended && hasChildrenAfter(Duration.ofSeconds(5));
      programs.killAll();
      Output output = await(reader);
      if (!ended) {
        throw failed("not finished after %d s".formatted(limit.toSeconds()), output, errors);
      }
      if (process.exitValue() != 0) {
        throw failed("exit code %d".formatted(process.exitValue()), output, errors);
      }
      if (left) {
        throw failed("left processes behind", output, errors);
      }
      return figures(workload, output, errors);
    } finally {
      programs.killAll();
      Files.deleteIfExists(errors);
    }
  }

  private boolean hasChildrenAfter(Duration patience) throws InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (!programs.running().isEmpty()) {
      if (System.nanoTime() > giveUp) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  private static Output read(Process process, long startNanos) throws IOException {
    List<String> lines = new ArrayList<>();
    double readySeconds = Double.NaN;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      String line = reader.readLine();
      while (line != null) {
        if (line.equals(ContenderProgram.READY)) {
          readySeconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        }
        lines.add(line);
        line = reader.readLine();
      }
    }
    return new Output(lines, readySeconds);
  }

  private static Output await(FutureTask<Output> reader) throws InterruptedException {
    try {
      return reader.get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return new Output(List.of("(its output can't be read: " + e + ")"), Double.NaN);
    }
  }

  private static Map<String, List<Double>> figures(Workload workload, Output output, Path errors)
      throws FailedException, IOException {
    List<String> lines = output.lines();
    String last = lines.stream().filter(l -> l.startsWith("{")).reduce("", (a, b) -> b);
    try {
      Map<String, List<Double>> figures =
          new TreeMap<>(JSON.readValue(last, new TypeReference<Map<String, List<Double>>>() {}));
      if (workload == Workload.W6) {
        figures.put("W6", List.of(output.readySeconds()));
      }
      for (Line line : workload.lines()) {
        if (figures.getOrDefault(line.name(), List.of(Double.NaN)).contains(Double.NaN)) {
          throw failed("no figure for " + line.name(), output, errors);
        }
      }
      return figures;
    } catch (JsonProcessingException e) {
      throw failed("it printed no figures", output, errors);
    }
  }

  private static FailedException failed(String how, Output output, Path errors) throws IOException {
    List<String> words = new ArrayList<>(output.lines());
    words.addAll(new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).lines().toList());
    List<String> last = words.subList(Math.max(0, words.size() - LAST_LINES), words.size());
    return new FailedException(how, String.join("\n", last));
  }
}
