package taskpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/bin/taskpool}, with what the build has put into {@code examples/target}. */
class LauncherIT {
  @TempDir Path temp;

  private static ExampleProcess taskpool(Object... arguments) {
    return ExampleProcess.launcher().start(arguments);
  }

  @Test
  void helpNamesTheCommandsAndTheExitCodes() throws Exception {
    try (ExampleProcess help = taskpool("--help").expectExit(0)) {
      assertThat(help.out())
          .anyMatch(line -> line.matches("  demo +.*"))
          .anyMatch(line -> line.matches("  0 +all well"))
          .anyMatch(line -> line.matches("  1 +.*"))
          .anyMatch(line -> line.matches("  2 +wrong usage"))
          .anyMatch(line -> line.matches("  130 +.*"));
      assertThat(help.err()).isEmpty();
    }
    try (ExampleProcess help = taskpool("demo", "--help").expectExit(0)) {
      for (String demo : List.of("copy", "downloads", "pool-of-three", "pool-of-four")) {
        assertThat(help.out()).anyMatch(line -> line.startsWith("  " + demo + " "));
      }
    }
  }

  @Test
  void versionIsThatOfTheBuild() throws Exception {
    try (ExampleProcess version = taskpool("--version").expectExit(0)) {
      assertThat(version.out()).singleElement().asString().matches("taskpool \\d+\\.\\d+\\.\\d+.*");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', no command given",
    "demo, 'copy, downloads, pool-of-four, pool-of-three, children-at-exit, exit-codes'",
    "demo cpoy, did you mean",
    "--log-level loud demo pool-of-three, loud",
    "--log-file /nobody/here demo pool-of-three, /nobody/here",
    "--nonsense, --nonsense"
  })
  void aWrongCommandLineIsOneLine(String line, String part) throws Exception {
    Object[] arguments = line.isEmpty() ? new Object[0] : line.split(" ", -1);
    try (ExampleProcess wrong = taskpool(arguments).expectExit(2)) {
      assertThat(wrong.out()).isEmpty();
      assertThat(wrong.err()).singleElement().asString().startsWith("taskpool: ").contains(part);
    }
  }

  @Test
  void copyWithoutArgumentsCopiesTheCheckout() throws Exception {
    try (ExampleProcess copy =
        ExampleProcess.launcher()
            .environment("TASKPOOL_JAVA_OPTS", "-Djava.io.tmpdir=" + temp)
            .start("demo", "copy")
            .expectExit(0)) {
      String first = copy.out().get(0);
      assertThat(first).startsWith("copying " + ExampleProcess.checkout().toRealPath() + " to ");
      Path target = Path.of(first.substring(first.lastIndexOf(" to ") + " to ".length()));
      assertThat(target.getParent()).isEqualTo(temp.toRealPath());
      assertThat(copy.out()).contains("leaving out folders called target and .git");
      assertThat(target.resolve("examples/target")).doesNotExist();
      assertThat(Files.isExecutable(target.resolve("deploy/bin/taskpool"))).isTrue();
      assertThat(copy.lastLine())
          .matches("copied [0-9]+ files, [0-9.]+ [kM]B, verified, 3 workers, [0-9.]+ s");
    }
  }

  @Test
  void argumentsBeyondAsciiSurviveAPlainLocale() throws Exception {
    Path source = Files.createDirectory(temp.resolve("文件夹 1"));
    Files.writeString(source.resolve("文件"), "内容");
    try (ExampleProcess copy =
        ExampleProcess.launcher()
            .environment("LC_ALL", "C")
            .start("demo", "copy", source, temp.resolve("副本"))
            .expectExit(0)) {
      assertThat(Files.readString(temp.resolve("副本/文件"))).isEqualTo("内容");
      assertThat(copy.out().get(0)).contains("文件夹 1").endsWith("副本");
    }
  }

  @Test
  void theLogOfAllProcessesGoesToTheFile() throws Exception {
    Path log = temp.resolve("log");
    try (ExampleProcess demo =
        taskpool("demo", "pool-of-three", "--log-level", "debug", "--log-file", log)
            .expectExit(0)) {
      assertThat(demo.err()).isEmpty();
      Set<String> processes =
          Files.readAllLines(log).stream()
              .filter(line -> line.matches("\\d{4}-.* (DEBUG|INFO ) .*"))
              .map(line -> line.split(" ", -1)[1])
              .collect(Collectors.toSet());
      assertThat(processes).hasSize(4).doesNotContain("PID_IS_UNDEFINED");
    }
  }
}
