package taskpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import taskpool.deploy.cli.CommandExit;

/** The command line {@code benchmarks/run}. */
@Command(
    name = "benchmarks/run",
    usageHelpAutoWidth = true,
    description = {
      "Measures taskpool and its peers side by side: two workers of one slot each, one submitting"
          + " program, all on this machine. How and why: benchmarks/NOTES.md.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was measured, whether or not the goals are met",
      "1:a program failed (the table says which), or nobody could be measured",
      "2:wrong usage",
      "130:interrupted with Ctrl-C"
    })
public final class BenchmarksCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;
  private static final int MAX_ROUNDS = 100;

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--quick",
      description = "One round, smaller sizes, shorter warm-up: a few minutes, rough figures.")
  private boolean quick;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli does it all
  private boolean help;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "How many rounds. Default: " + ROUNDS + ", 1 with --quick.")
  private @Nullable Integer rounds;

  @Option(
      names = "--only",
      paramLabel = "W1,W4",
      split = ",",
      description = "Only these workloads: W1, W2, W3, W4, W5, W6, W8, W9, W10, W11.")
  private List<String> only = List.of();

  @Option(
      names = "--peers",
      paramLabel = "NAME,NAME",
      split = ",",
      description = "Only these: taskpool, mp.Pool, ProcessPool, Hazelcast, Ignite.")
  private List<String> peers = List.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write all figures to this file, too.")
  private @Nullable Path json;

  @Option(
      names = "--chart",
      paramLabel = "FILE.svg",
      description = "Also measure the throughput by the length of the tasks, and draw it.")
  private @Nullable Path chart;

  @Option(
      names = "--layers",
      description =
          "Instead measure taskpool's layers one by one: codec, cores, bytes on the wire.")
  private boolean layers;

  private static final class WholeNumber implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      try {
        return Integer.valueOf(value);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'%s' is no whole number: give one from 1 to %d".formatted(value, MAX_ROUNDS));
      }
    }
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, ready to be executed. */
  static CommandLine commandLine() {
    return new CommandLine(new BenchmarksCommand())
        .setParameterExceptionHandler(BenchmarksCommand::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (layers && (chart != null || !only.isEmpty() || !peers.isEmpty() || rounds != null)) {
      throw wrong("--layers goes with --json only: leave out the other options");
    }
    Set<Workload> workloads = workloads();
    Set<Entrant> chosen = chosen();
    int howOften = rounds();
    writable("--json", json);
    writable("--chart", chart);

    Programs programs = new Programs();
    programs.killAtExit();
    if (layers) {
      return measureLayers(programs);
    }
    Launchers launchers = new Launchers(home(), programs);
    Set<Entrant> entrants = prepare(launchers, chosen, workloads);
    if (entrants.isEmpty()) {
      System.err.println("benchmarks/run: nobody is left to be measured, see above");
      return CommandExit.FAILED;
    }
    Results results =
        new Campaign(launchers, programs, quick)
            .run(Schedule.of(howOften, workloads, entrants, quick));
    report(results, workloads, entrants);
    return results.anyFailed() ? CommandExit.FAILED : CommandExit.OK;
  }

  private int measureLayers(Programs programs) throws IOException, InterruptedException {
    LayersRun run = new LayersRun(programs);
    boolean done = run.run();
    if (json != null) {
      Files.writeString(json, run.json(machine()));
    }
    return done ? CommandExit.OK : CommandExit.FAILED;
  }

  private Map<String, Object> machine() {
    return Machine.describe(spec.commandLine().getParseResult().originalArgs());
  }

  private void report(Results results, Set<Workload> workloads, Set<Entrant> entrants)
      throws IOException {
    Table table = new Table(results, workloads, entrants);
    Map<String, Object> machine = machine();
    machine.forEach((name, value) -> System.out.printf("%-8s %s%n", name, value));
    System.out.printf("%n%s%n%s", table.medians(), table.spreads());
    if (json != null) {
      Files.writeString(json, JsonReport.of(results, workloads, entrants, machine));
    }
    if (chart != null) {
      Files.writeString(chart, ThroughputChart.of(results).svg());
    }
  }

  private static Set<Entrant> prepare(
      Launchers launchers, Set<Entrant> chosen, Set<Workload> workloads)
      throws InterruptedException {
    Set<Entrant> entrants = EnumSet.noneOf(Entrant.class);
    for (Entrant entrant : Entrant.values()) {
      boolean needed = workloads.stream().anyMatch(workload -> workload.isFor(entrant));
      if (needed && entrant.takesPart(chosen)) {
        try {
          launchers.prepare(entrant);
          entrants.add(entrant);
        } catch (Launchers.UnavailableException e) {
          System.err.printf("%s is left out: %s%n", entrant, e.getMessage());
        }
      }
    }
    return entrants;
  }

  private int rounds() {
    if (rounds == null) {
      return quick ? 1 : ROUNDS;
    }
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw wrong("--rounds must be 1 to %d, not %d".formatted(MAX_ROUNDS, rounds));
    }
    return rounds;
  }

  private Set<Workload> workloads() {
    Set<Workload> workloads = EnumSet.noneOf(Workload.class);
    for (String name : only) {
      List<Workload> found =
          Stream.of(Workload.values())
              .filter(workload -> workload != Workload.CHART && workload.isCalled(name))
              .toList();
      if (found.isEmpty()) {
        throw wrong("--only \"%s\" is no workload, there are: %s".formatted(name, workloadNames()));
      }
      workloads.addAll(found);
    }
    if (only.isEmpty() && chart == null) {
      workloads.addAll(EnumSet.complementOf(EnumSet.of(Workload.CHART)));
    }
    if (chart != null) {
      workloads.add(Workload.CHART);
    }
    return workloads;
  }

  private static String workloadNames() {
    return Stream.of(Workload.values())
        .filter(workload -> workload != Workload.CHART)
        .map(workload -> workload.id().replaceAll("\\..*", ""))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private Set<Entrant> chosen() {
    if (peers.isEmpty()) {
      return Entrant.CHOICES;
    }
    Set<Entrant> chosen = EnumSet.noneOf(Entrant.class);
    for (String name : peers) {
      chosen.add(
          Entrant.byLabel(name)
              .filter(Entrant.CHOICES::contains)
              .orElseThrow(
                  () ->
                      wrong(
                          "--peers \"%s\" is nobody known, there are: %s"
                              .formatted(name, labels(Entrant.CHOICES)))));
    }
    return Collections.unmodifiableSet(chosen);
  }

  private static String labels(Set<Entrant> entrants) {
    return entrants.stream().map(Entrant::label).collect(Collectors.joining(", "));
  }

  /** Finds out now, not after the measurements, that a file can't be written. */
  private void writable(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw wrong(
          "%s %s can't be written: name a file in a folder that exists".formatted(option, file));
    }
  }

  /** The checkout that this was started from. */
  static Path home() {
    String told = System.getProperty("taskpool.home");
    Path folder = Path.of(told == null ? "" : told).toAbsolutePath();
    while (!Files.exists(folder.resolve("benchmarks/peers"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not in a checkout of taskpool: start benchmarks/run");
      }
    }
    return folder;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    String message = Objects.requireNonNullElse(e.getMessage(), "wrong usage");
    complain(message.lines().findFirst().orElse("") + " (see benchmarks/run --help)");
    return CommandExit.USAGE;
  }

  private static int failed(Exception e) {
    if (e instanceof InterruptedException) {
      complain("interrupted");
      return CommandExit.INTERRUPTED;
    }
    complain(e.getClass().getSimpleName() + ": " + e.getMessage());
    return CommandExit.FAILED;
  }

  private static void complain(String line) {
    System.err.println("benchmarks/run: " + line);
  }
}
