package taskpool.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import taskpool.process.MarkedProcess;

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
