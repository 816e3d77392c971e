package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostAgentTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HostAgent host =
      new HostAgent(
          1, 0, new JvmCommandLine(Optional.of("64m"), List.of()), false, LIMIT, "host-agent-test");

  @AfterEach
  void kill() {
    host.kill();
  }

  /** Whether the agent's thread is gone, or goes soon. */
  private static boolean isThreadGone() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("host-agent-test-host")) {
        thread.join(LIMIT.toMillis());
        return !thread.isAlive();
      }
    }
    return true;
  }

  @Test
  void leavesNoThreadWhenItIsAborted() throws Exception {
    host.start();
    host.abort();

    assertThat(isThreadGone()).isTrue();
  }

  @Test
  void leavesNoThreadWhenItsStopIsInterrupted() throws Exception {
    host.start();
    Thread.currentThread().interrupt();
    assertThatThrownBy(host::stop).isInstanceOf(InterruptedException.class);

    assertThat(isThreadGone()).isTrue();
  }
}
