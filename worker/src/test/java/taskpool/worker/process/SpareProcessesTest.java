package taskpool.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import taskpool.process.MarkedProcess;
import taskpool.process.ProcessMark;

class SpareProcessesTest {
  private final List<MarkedProcess> started = new ArrayList<>();

  private MarkedProcess start() throws IOException {
    MarkedProcess process = MarkedProcess.start(new ProcessBuilder("sleep", "60"));
    started.add(process);
    return process;
  }

  @AfterEach
  void killAll() {
    started.forEach(MarkedProcess::kill);
  }

  @Test
  void nothingIsStartedBeforeItIsAskedFor() {
    SpareProcesses spares = new SpareProcesses(2, this::start);
    assertThat(spares.take()).isEmpty();
    assertThat(started).isEmpty();
  }

  @Test
  void thoseThatAreTakenAreReplacedAndNoMore() {
    SpareProcesses spares = new SpareProcesses(2, this::start);
    spares.refill();
    spares.refill();
    assertThat(started).hasSize(2);
    assertThat(spares.take()).contains(started.get(0));
    spares.refill();
    assertThat(started).hasSize(3);
    assertThat(spares.take()).contains(started.get(1));
    assertThat(spares.take()).contains(started.get(2));
    assertThat(spares.take()).isEmpty();
  }

  @Test
  void aDeadOneIsNotHandedOut() throws InterruptedException {
    SpareProcesses spares = new SpareProcesses(2, this::start);
    spares.refill();
    started.get(0).process().destroyForcibly().waitFor();
    assertThat(spares.take()).contains(started.get(1));
    spares.refill();
    assertThat(started).hasSize(4);
  }

  @Test
  void noneIsHandedOutOnceTheyAreBeingKilled() {
    SpareProcesses spares =
        new SpareProcesses(1, () -> new MarkedProcess(new Undying(), ProcessMark.unique()));
    spares.refill();
    spares.end();
    assertThat(spares.take()).isEmpty();
  }

  /** Takes very long to die. */
  private static final class Undying extends Process {
    @Override
    public boolean isAlive() {
      return true;
    }

    @Override
    public Process destroyForcibly() {
      return this;
    }

    @Override
    public void destroy() {}

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int exitValue() {
      throw new IllegalThreadStateException();
    }
  }

  @Test
  void withoutSparesNoneIsEverMade() {
    SpareProcesses none = new SpareProcesses(0, this::start);
    none.refill();
    assertThat(none.take()).isEmpty();
    assertThat(started).isEmpty();
  }

  @Test
  void oneThatCannotBeStartedIsNoError() {
    SpareProcesses spares =
        new SpareProcesses(
            1,
            () -> {
              throw new IOException("no memory");
            });
    spares.refill();
    assertThat(spares.take()).isEmpty();
  }
}
