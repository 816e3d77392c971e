package taskpool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import taskpool.error.SubprocessTimeoutException;

@Timeout(60)
class SubprocessTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path temp;

  @Test
  void inputOutputAndExitCodeAsInTheTutorial() throws Exception {
    Subprocess.Result sorted = Subprocess.of("sort", "-n").withInput("30\n4\n1\n").run();

    assertThat(sorted.exitCode()).isZero();
    assertThat(sorted.output()).isEqualTo("1\n4\n30\n");
    assertThat(sorted.errors()).isEmpty();
    assertThat(sorted.command()).containsExactly("sort", "-n");
    assertThat(sorted)
        .hasToString("[sort, -n] ended with exit code 0, wrote 7 bytes, and 0 of errors");
  }

  @Test
  void bothOutputsAndAnErrorsExitCode() throws Exception {
    Subprocess.Result result = Subprocess.of("sh", "-c", "echo good; echo bad >&2; exit 3").run();

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.output()).isEqualTo("good\n");
    assertThat(result.errors()).isEqualTo("bad\n");
  }

  @Test
  void aSignalIsANegativeExitCode() throws Exception {
    assertThat(Subprocess.of("sh", "-c", "kill -9 $$").run().exitCode()).isEqualTo(-9);
    assertThat(Subprocess.of("sh", "-c", "kill -15 $$").run().exitCode()).isEqualTo(-15);
  }

  @Test
  void muchInputAndMuchOutputBothWaysAtOnce() throws Exception {
    byte[] bytes = new byte[20_000_000];
    new Random(1).nextBytes(bytes);
    Subprocess.Result result =
        Subprocess.run(List.of("sh", "-c", "tee /dev/stderr"), bytes, Duration.ofSeconds(30));

    assertThat(Arrays.equals(result.out(), bytes)).isTrue();
    assertThat(Arrays.equals(result.err(), bytes)).isTrue();
  }

  @Test
  void aProgramNeedNotReadItsInput() throws Exception {
    Subprocess.Result result =
        Subprocess.of("sh", "-c", "exec <&-; echo done").withInput(new byte[5_000_000]).run();

    assertThat(result.output()).isEqualTo("done\n");
  }

  @Test
  void withoutInputTheProgramReadsNothing() throws Exception {
    assertThat(Subprocess.of("cat").run().out()).isEmpty();
  }

  @Test
  void directoryEnvironmentAndCharset() throws Exception {
    Charset latin = Charset.forName("ISO-8859-1");
    Subprocess.Result result =
        Subprocess.of("sh", "-c", "pwd; echo $GREETING; cat")
            .withDirectory(temp)
            .withEnvironment("GREETING", "hello")
            .withCharset(latin)
            .withInput("\u00e9")
            .run();

    assertThat(result.output()).isEqualTo(temp.toRealPath() + "\nhello\n\u00e9");
    assertThat(result.out()).endsWith(0xe9);
    assertThat(Subprocess.of("cat").withCharset(UTF_8).withInput("\u00e9").run().out()).hasSize(2);
  }

  @Test
  void afterTheLimitTheWholeTreeIsDead() throws Exception {
    Path pids = temp.resolve("pids");
    String script = "echo $$ > %1$s; (sleep 100 & echo $! >> %1$s; wait)".formatted(pids);

    assertThatThrownBy(() -> Subprocess.of("sh", "-c", script).withTimeout(SHORT).run())
        .isInstanceOf(SubprocessTimeoutException.class)
        .hasMessageContaining("PT0.3S")
        .hasMessageContaining("sleep 100");
    assertGone(pids, 2);
  }

  @Test
  void afterTheLimitIsDeadTooWhatAProgramLeftBehindThatHasEnded() throws Exception {
    Path pids = temp.resolve("pids");
    String script = "sleep 100 & echo $! > %s".formatted(pids);

    assertThatThrownBy(() -> Subprocess.of("sh", "-c", script).withTimeout(SHORT).run())
        .isInstanceOf(SubprocessTimeoutException.class);
    assertGone(pids, 1);
  }

  @Test
  void afterTheLimitIsDeadTooWhatHasLeftTheTree() throws Exception {
    Path pids = temp.resolve("pids");
    String script = "(sleep 100 & echo $! > %s); sleep 100".formatted(pids);

    assertThatThrownBy(() -> Subprocess.of("sh", "-c", script).withTimeout(SHORT).run())
        .isInstanceOf(SubprocessTimeoutException.class);
    assertGone(pids, 1);
  }

  @Test
  void whatAProgramLeavesBehindIsHeardToTheEnd() throws Exception {
    for (int i = 0; i < 20; i++) { // what was lost, was lost in one of three runs
      String script = "(sleep 0.02; echo late; echo later >&2) & echo early";
      Subprocess.Result result = Subprocess.of("sh", "-c", script).run();

      assertThat(result.output()).isEqualTo("early\nlate\n");
      assertThat(result.errors()).isEqualTo("later\n");
    }
  }

  @Test
  void anOutputThatDoesNotFitIntoMemoryEndsTheProgram() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(program.getInputStream().readAllBytes(), UTF_8);

      assertThat(said).contains("[yes] writes does not fit into memory").contains("-Xmx");
      assertThat(program.waitFor()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void foldersThatKilledProcessesHaveLeftAreSwept() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path left = Files.createDirectory(temp.resolve("taskpool-pipes-" + gone.pid() + "-1"));
    Files.createFile(left.resolve("out"));
    Path young = Files.createDirectory(temp.resolve("taskpool-pipes-" + gone.pid() + "-2"));
    long self = ProcessHandle.current().pid();
    Path inUse = Files.createDirectory(temp.resolve("taskpool-pipes-" + self + "-3"));
    for (Path old : List.of(left, inUse)) {
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(600)));
    }
    CapturedProcess.sweep(temp);

    assertThat(left).doesNotExist();
    assertThat(young).exists();
    assertThat(inUse).exists();
  }

  /** Prints the error. In a JVM of its own, whose heap is small. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      try {
        System.out.println("endless output has an end: " + Subprocess.of("yes").run().exitCode());
      } catch (OutOfMemoryError e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void anInterruptKillsTheWholeTree() throws Exception {
    Path pids = temp.resolve("pids");
    String script = "(sleep 100 & echo $! > %1$s; echo $$ >> %1$s; wait)".formatted(pids);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                thrown.complete(new AssertionError(Subprocess.of("sh", "-c", script).run()));
              } catch (IOException | InterruptedException e) {
                thrown.complete(e);
              }
            });
    thread.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    thread.interrupt();

    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertGone(pids, 2);
  }

  private static void assertGone(Path pids, int count) throws Exception {
    List<String> lines = Files.readAllLines(pids);
    assertThat(lines).hasSize(count);
    for (String pid : lines) {
      CompletableFuture<?> gone =
          ProcessHandle.of(Long.parseLong(pid))
              .<CompletableFuture<?>>map(ProcessHandle::onExit)
              .orElse(CompletableFuture.completedFuture(null));
      gone.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatCannotBeStartedSaysSo() {
    assertThatThrownBy(() -> Subprocess.of("no-such-program").run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-program");
    assertThatThrownBy(() -> Subprocess.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with a program");
    assertThatThrownBy(() -> Subprocess.of("", "-l"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one is \"\" [-l]");
    assertThatThrownBy(() -> Subprocess.of("ls").withEnvironment("", "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"value\"");
    assertThatThrownBy(() -> Subprocess.of("ls").withTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  @Test
  void eachRunIsANewOne() throws Exception {
    Subprocess cat = Subprocess.of("cat").withInput("same");

    assertThat(cat.run().output()).isEqualTo("same");
    assertThat(cat.run().output()).isEqualTo("same");
  }
}
