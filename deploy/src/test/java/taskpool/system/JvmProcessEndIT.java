package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static taskpool.system.JvmProcessIT.awaitStarted;
import static taskpool.system.JvmProcessIT.exitCodeOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import taskpool.JvmProcess;
import taskpool.Subprocess;

/** Single processes that are terminated or killed, at whichever time. They do not print. */
class JvmProcessEndIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path temp;

  @AfterEach
  void killAll() {
    JvmProcess.activeChildren().forEach(JvmProcess::kill);
  }

  /** Whichever way it has come so far: the signal is what ends it. */
  @Test
  void oneThatIsTerminatedAtOnceSaysSo() throws Exception {
    for (int i = 0; i < 5; i++) {
      JvmProcess process =
          JvmProcess.of(JvmProcessIT::startedThenWait, temp.resolve("started-" + i));
      process.start();
      process.terminate();
      assertThat(exitCodeOf(process)).isEqualTo(-15);
    }
  }

  /** What a process has started, when it has said so. */
  private static ProcessHandle awaitChild(JvmProcess process, Path pid) throws IOException {
    awaitStarted(process, pid);
    return ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
  }

  @Test
  void killingKillsWhatTheProcessHasStartedToo() throws Exception {
    Path child = temp.resolve("child");
    JvmProcess process = JvmProcess.of(JvmProcessEndIT::sleepInChild, child);
    process.start();
    ProcessHandle sleep = awaitChild(process, child);
    assertThat(sleep.isAlive()).isTrue();
    process.kill();
    assertThat(exitCodeOf(process)).isEqualTo(-9);
    TestCluster.awaitGone(List.of(sleep), Duration.ofSeconds(2));
  }

  @Test
  void terminatingEndsWhatTheProcessHasStartedToo() throws Exception {
    Path child = temp.resolve("child");
    JvmProcess process = JvmProcess.of(JvmProcessEndIT::sleepInChild, child);
    process.start();
    ProcessHandle sleep = awaitChild(process, child);
    process.terminate();
    assertThat(exitCodeOf(process)).isEqualTo(-15);
    TestCluster.awaitGone(List.of(sleep), Duration.ofSeconds(2));
  }

  static void sleepInChild(Path pid) throws Exception {
    Process sleep = new ProcessBuilder("sleep", "1000").start();
    Files.writeString(pid, Long.toString(sleep.pid()));
    sleep.waitFor();
  }

  /** Its parent has ended: it is in nobody's tree any more. */
  static void leaveDaemonAndWait(Path pid) throws Exception {
    String script = "setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!";
    Files.writeString(pid, Subprocess.of("sh", "-c", script).run().output().strip());
    Gate.await(pid.resolveSibling("never"));
  }

  @ParameterizedTest
  @EnumSource
  void aDaemonDiesWithTheProcessThatHasLeftIt(Ending ending) throws Exception {
    Path pid = temp.resolve("daemon");
    JvmProcess process = JvmProcess.of(JvmProcessEndIT::leaveDaemonAndWait, pid);
    process.start();
    ProcessHandle daemon = awaitChild(process, pid);
    assertThat(ProcessTable.isRunning(daemon)).isTrue();
    switch (ending) {
      case KILLED -> process.kill();
      case TERMINATED -> process.terminate();
      case KILLED_BY_OTHERS -> Signals.send("KILL", process.pid());
    }
    TestCluster.awaitGone(List.of(daemon), Duration.ofSeconds(2));
  }

  /** How a process may come to its end. */
  enum Ending {
    KILLED,
    TERMINATED,
    KILLED_BY_OTHERS
  }

  /** Takes its time at the end. */
  static void waitAlsoAtTheEnd(Path started, Path ending, boolean interruptsAll) throws Exception {
    Path go = ending.resolveSibling("go");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> sayAndAwait(ending, go)));
    if (interruptsAll) {
      Thread.currentThread().getThreadGroup().interrupt();
      boolean unused = Thread.interrupted();
    }
    JvmProcessIT.startedThenWait(started);
  }

  private static void sayAndAwait(Path ending, Path go) {
    try {
      Gate.open(ending);
      Gate.await(go);
      Gate.open(ending.resolveSibling("done"));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It has given up its link to us by then. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneThatIsTerminatedAgainMayFinishItsHooks(boolean interruptsAll) throws Exception {
    Path started = temp.resolve("started");
    Path ending = temp.resolve("ending");
    JvmProcess process =
        JvmProcess.of(JvmProcessEndIT::waitAlsoAtTheEnd, started, ending, interruptsAll);
    process.start();
    awaitStarted(process, started);
    process.terminate();
    Path input = Path.of("/proc/%d/fd/0".formatted(process.pid()));
    await()
        .atMost(LIMIT)
        .until(
            () ->
                Files.exists(ending)
                    && !Files.readSymbolicLink(input).toString().startsWith("pipe:"));
    process.terminate();
    Gate.open(temp.resolve("go"));
    assertThat(exitCodeOf(process)).isEqualTo(-15);
    assertThat(temp.resolve("done")).exists();
  }

  @Test
  void oneThatIsKilledAndThenTerminatedHasBeenKilled() throws Exception {
    for (int i = 0; i < 5; i++) {
      JvmProcess process = JvmProcess.of(JvmProcessIT::startedThenWait, temp.resolve("s-" + i));
      process.start();
      process.kill();
      process.terminate();
      assertThat(exitCodeOf(process)).isEqualTo(-9);
    }
  }
}
