package taskpool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JvmTerminationTest {
  private Process process;

  /** What a JVM of ours does first. */
  static final class Program {
    public static void main(String[] args) {
      new Thread(Program::sayUpAndWait, JvmTermination.FIRST_THREAD).start();
    }

    private static void sayUpAndWait() {
      System.out.println("up");
      try {
        TimeUnit.MINUTES.sleep(1);
      } catch (InterruptedException e) {
        System.exit(2);
      }
    }
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  private int exitCode() throws InterruptedException {
    int unused = process.waitFor();
    return ExitCode.of(process);
  }

  @Test
  void oneThatIsUpGetsTheSignal() throws Exception {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .start();
    assertThat(process.getInputStream().read()).isPositive();
    assertThat(JvmTermination.send(process)).isTrue();
    assertThat(exitCode()).isEqualTo(-15);
    boolean unused = JvmTermination.send(process);
  }

  @Test
  void oneThatIsNotUpIsKilled() throws IOException, InterruptedException {
    process = new ProcessBuilder("sleep", "1000").start(); // has no such thread
    assertThat(JvmTermination.send(process)).isFalse();
    assertThat(exitCode()).isEqualTo(-9);
  }
}
