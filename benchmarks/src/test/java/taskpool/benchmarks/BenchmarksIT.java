package taskpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The harness with real programs, and as little work for them as there can be. */
class BenchmarksIT {
  private final Programs programs = new Programs();
  private final Launchers launchers = new Launchers(Path.of(""), programs);

  @AfterEach
  void nothingIsLeft() {
    List<ProcessHandle> left = programs.running();
    programs.killAll();
    assertThat(left).isEmpty();
  }

  private Map<String, List<Double>> run(Workload workload, Duration limit, String... arguments)
      throws Exception {
    Launchers.Launcher launcher = launchers.of(Entrant.TASKPOOL);
    return new ProgramRun(programs, limit)
        .run(workload, launcher.command(List.of(arguments)), launcher.environment());
  }

  @Test
  void readsTheFiguresOfEveryRepetition() throws Exception {
    launchers.prepare(Entrant.TASKPOOL);
    Map<String, List<Double>> figures =
        run(
            Workload.W1,
            Duration.ofSeconds(60),
            "W1",
            "tasks=50",
            "warmupMillis=0",
            "warmupMostMillis=0",
            "repetitions=2");

    assertThat(figures.get("W1")).hasSize(2).allMatch(rate -> rate > 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"W8", "W8_BATCH", "W9"})
  void measuresWhatIsShared(Workload workload) throws Exception {
    launchers.prepare(Entrant.TASKPOOL);
    Map<String, List<Double>> figures =
        run(
            workload,
            Duration.ofSeconds(60),
            workload.id(),
            "elements=250",
            "capacity=20",
            "batch=" + (workload == Workload.W8_BATCH ? 30 : 1),
            "rounds=5",
            "warmupMillis=0",
            "warmupMostMillis=0",
            "repetitions=2");

    assertThat(figures.get(workload.id())).hasSize(2).allMatch(rate -> rate > 0);
  }

  @Test
  void killsWhatTakesTooLong() throws Exception {
    launchers.prepare(Entrant.TASKPOOL);
    String failure =
        failure(
            Duration.ofSeconds(3),
            "W5",
            "tasks=1",
            "cpuMicros=999999999",
            "warmupMillis=0",
            "warmupMostMillis=0",
            "repetitions=1");

    assertThat(failure).startsWith("not finished after 3 s");
  }

  @Test
  void saysWhatAProgramDiedOf() throws Exception {
    launchers.prepare(Entrant.TASKPOOL);
    assertThat(failure(Duration.ofSeconds(60), "W1", "tasks=many"))
        .startsWith("exit code 1")
        .contains("NumberFormatException", "many");
  }

  private String failure(Duration limit, String... arguments) throws Exception {
    try {
      return "no failure: " + run(Workload.W5, limit, arguments);
    } catch (ProgramRun.FailedException e) {
      return e.reason() + "\n" + e.output();
    }
  }
}
