package taskpool.benchmarks.contender;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The main method of a contender's program. Its arguments are the workload and its sizes; on its
 * last line of standard output it prints the figures of every repetition as JSON, and with {@code
 * W6} it prints {@value #READY} at the moment that counts. Its exit code is 0 if all went well.
 * When its standard input ends, so does it: the harness is gone.
 */
public final class ContenderProgram {
  /** Each worker has given a result. */
  public static final String READY = "ready";

  private static final Duration IDLE = Duration.ofSeconds(2);

  /** Starts a pool of two workers. */
  public interface Launcher {
    Contender launch() throws Exception;
  }

  private ContenderProgram() {}

  /** Runs a workload on a pool and ends the JVM. */
  @SuppressWarnings("CatchAndPrintStackTrace") // standard error is what the harness shows
  public static void main(Launcher launcher, String... arguments) {
    endWithInput();
    int exitCode = 0;
    try {
      Sizes sizes = Sizes.parse(arguments);
      try (Contender pool = launcher.launch()) {
        run(pool, arguments[0], sizes);
      }
    } catch (Exception e) {
      e.printStackTrace();
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  /** Ends this JVM when its standard input does. */
  public static void endWithInput() {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // as good as its end
              }
              Runtime.getRuntime().halt(1);
            },
            "input");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void run(Contender pool, String workload, Sizes sizes) throws Exception {
    switch (workload) {
      case "W6" -> {
        Workers.awaitAll(pool);
        System.out.println(READY);
        print(Map.of());
      }
      case "W10" -> print(memory(pool, sizes));
      default -> print(measure(pool, Measurement.of(workload), sizes));
    }
  }

  /** Warms up, then measures so many repetitions. */
  private static Map<String, List<Double>> measure(
      Contender pool, Measurement measurement, Sizes sizes) throws Exception {
    WarmUp warmUp = new WarmUp(sizes);
    while (warmUp.goesOn()) {
      measurement.repetition(pool, sizes);
    }
    Map<String, List<Double>> figures = new TreeMap<>();
    for (int i = 0; i < sizes.get("repetitions"); i++) {
      measurement
          .repetition(pool, sizes)
          .forEach(
              (line, value) -> figures.computeIfAbsent(line, l -> new ArrayList<>()).add(value));
    }
    return figures;
  }

  /** W10: what workers weigh when they have done next to nothing, and after work of all kinds. */
  private static Map<String, List<Double>> memory(Contender pool, Sizes sizes) throws Exception {
    Set<Long> workers = Workers.awaitAll(pool);
    Thread.sleep(IDLE.toMillis());
    double idle = Workers.residentMebibytes(workers);
    new Throughput().repetition(pool, new Sizes(Map.of("tasks", sizes.get("tasks"))));
    if (sizes.get("elements") > 0) {
      new BulkMap().repetition(pool, sizes);
    }
    int payloads = sizes.get("payloads");
    new Echo()
        .repetition(pool, new Sizes(Map.of("tasks", payloads, "bytes", 1 << 20, "inFlight", 8)));
    Thread.sleep(IDLE.toMillis());
    double after = Workers.residentMebibytes(workers);
    return Map.of("W10.idle", List.of(idle), "W10.after", List.of(after));
  }

  static void print(Map<String, List<Double>> figures) {
    System.out.println(
        figures.entrySet().stream()
            .map(line -> "\"%s\": %s".formatted(line.getKey(), line.getValue()))
            .collect(Collectors.joining(", ", "{", "}")));
  }
}
