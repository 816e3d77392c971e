package taskpool.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import taskpool.spi.ProcessBoot;
import taskpool.spi.ProcessSettings;

class LocalProcessLauncherTest {
  private static final ProcessSettings NOT_PLAIN =
      new ProcessSettings(List.of(), Map.of("RIVER", "Loire"), Optional.empty());

  @Test
  void aProcessThatCannotBeToldWhatToRunIsKilled() throws Exception {
    String tooLong = "x".repeat(70_000);
    ProcessBoot boot =
        new ProcessBoot(tooLong, "1", false, 0, "MainProcess", 1, false, new byte[0], new byte[0]);
    Process process = new LocalProcessLauncher().launch(NOT_PLAIN, boot).process();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}
