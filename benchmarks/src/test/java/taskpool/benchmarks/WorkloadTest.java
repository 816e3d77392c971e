package taskpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What has to be told in several places is told in all of them. */
class WorkloadTest {
  /** These are not repeated, so the programs know them apart from the others. */
  private static final Set<Workload> ONCE = EnumSet.of(Workload.W6, Workload.W10);

  private static final List<Entrant> IN_PYTHON =
      List.of(Entrant.MP_POOL, Entrant.MP_POOL_SPAWN, Entrant.MP_PROCESS, Entrant.PROCESS_POOL);

  private static String source(String file) throws IOException {
    return Files.readString(BenchmarksCommand.home().resolve("benchmarks").resolve(file));
  }

  @ParameterizedTest
  @EnumSource
  void hasAProgramInJava(Workload workload) throws IOException {
    if (workload != Workload.FLOOR && !ONCE.contains(workload)) {
      assertThat(
              source("contender/src/main/java/taskpool/benchmarks/contender/Measurement.java")
                  .lines()
                  .filter(line -> line.strip().startsWith("case ")))
          .anyMatch(line -> line.contains("\"" + workload.id() + "\""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasAProgramInPythonForThoseWhoTakePart(Workload workload) throws IOException {
    if (IN_PYTHON.stream().anyMatch(workload::isFor) && !ONCE.contains(workload)) {
      assertThat(source("peers/python/workloads.py").lines())
          .anyMatch(line -> line.startsWith("    \"" + workload.id() + "\": "));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CHART", mode = Mode.EXCLUDE)
  void standsInTheHelp(Workload workload) {
    String help = BenchmarksCommand.commandLine().getUsageMessage();

    assertThat(help).contains(workload.id().replaceAll("\\..*", ""));
  }

  @ParameterizedTest
  @EnumSource(names = {"W8", "W8_BATCH", "W9"})
  void hasAGoal(Workload workload) {
    assertThat(workload.lines()).isNotEmpty().allMatch(line -> line.goal() != null);
  }

  @ParameterizedTest
  @EnumSource
  void isComparedWithWhoTakesPart(Workload workload) {
    assertThat(workload.lines().stream().map(Line::goal).filter(Objects::nonNull))
        .allMatch(goal -> goal.of() == null || workload.isFor(goal.of()));
  }

  @Test
  void namesEachLineOnce() {
    assertThat(Stream.of(Workload.values()).flatMap(workload -> workload.lines().stream()))
        .extracting(Line::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void isChosenByWhatIsBeforeTheDot() {
    assertThat(Stream.of(Workload.values()).filter(workload -> workload.isCalled("W8")))
        .containsExactly(Workload.W8, Workload.W8_BATCH);
  }
}
