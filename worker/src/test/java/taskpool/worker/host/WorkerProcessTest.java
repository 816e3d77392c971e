package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import taskpool.codec.EncodedCall;
import taskpool.process.ProcessMark;
import taskpool.worker.WorkerBoot;
import taskpool.worker.WorkerLimits;

class WorkerProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** More than a pipe holds. */
  private static final int LARGE = 1 << 20;

  private static void suspend(Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Until that thread writes to a process. */
  private static void awaitWriting(String name) throws InterruptedException {
    while (Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals(name))
        .flatMap(thread -> Stream.of(thread.getValue()))
        .noneMatch(frame -> frame.getClassName().equals(FileOutputStream.class.getName()))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static WorkerProcess start() throws IOException {
    JvmCommandLine commandLine = new JvmCommandLine(Optional.of("64m"), List.of());
    ClassArchive none =
        ClassArchive.of(System.getProperty("java.class.path"), Optional.<Path>empty());
    return WorkerProcess.start(1, commandLine, none, ProcessMark.unique().numbered(1), false);
  }

  private static void awaitEnd(WorkerProcess worker) throws Exception {
    assertThat(worker.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    worker.lastOutput().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(worker.details().exitCode()).isEqualTo(-9);
  }

  @Test
  void whatItWasKilledForIsItsLastLine() throws Exception {
    WorkerProcess worker = start();
    worker.kill("it was late");
    awaitEnd(worker);
    assertThat(worker.details().lastOutput()).last().isEqualTo("it was late");
    worker.kill("it was later still");
    assertThat(worker.details().lastOutput()).last().isEqualTo("it was late");
  }

  @Test
  void askingASuspendedOneToEndDoesNotWaitForIt() throws Exception {
    WorkerProcess worker = start();
    try {
      suspend(worker.process());
      worker.boot(
          new WorkerBoot(
              1,
              "nobody",
              1,
              1,
              WorkerLimits.NONE,
              Duration.ofSeconds(1),
              Optional.empty(),
              Optional.of(new EncodedCall(new byte[0], new byte[LARGE]))));
      assertTimeoutPreemptively(LIMIT, () -> awaitWriting("worker-1-boot"));
      assertTimeoutPreemptively(LIMIT, worker::askToEnd);
    } finally {
      worker.kill();
    }
    awaitEnd(worker);
  }
}
