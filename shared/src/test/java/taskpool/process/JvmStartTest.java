package taskpool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JvmStartTest {
  private Process process;

  /** Does what each JVM of ours does first. */
  static final class Program {
    public static void main(String[] args) {
      new Thread(Program::sayUpAndWait, JvmStart.MAIN_RUNS).start();
    }

    private static void sayUpAndWait() {
      System.out.println("up");
      try {
        TimeUnit.MINUTES.sleep(1);
      } catch (InterruptedException e) {
        System.exit(2); // nobody does that
      }
    }
  }

  private void start(String... command) throws IOException {
    process = new ProcessBuilder(command).start();
  }

  @AfterEach
  void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void oneWithTheThreadHas() throws Exception {
    start(
        ProcessHandle.current().info().command().orElseThrow(),
        "-Xmx16m",
        "-cp",
        System.getProperty("java.class.path"),
        Program.class.getName());
    assertThat(process.getInputStream().read()).isPositive();
    assertThat(JvmStart.hasReachedMain(process)).isTrue();
  }

  @Test
  void oneWithoutHasNot() throws Exception {
    start("sleep", "1000");
    assertThat(JvmStart.hasReachedMain(process)).isFalse();
  }

  @Test
  void oneThatHasEndedHas() throws Exception {
    start("true");
    assertThat(process.waitFor()).isZero();
    assertThat(JvmStart.hasReachedMain(process)).isTrue();
  }
}
