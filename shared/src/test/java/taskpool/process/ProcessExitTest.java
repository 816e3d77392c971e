package taskpool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessExitTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static Thread find(String name) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    Thread[] threads = new Thread[2 * group.activeCount() + 1];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anInterruptOfAllThreadsMakesItMissNothing() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    try {
      CompletableFuture<Void> ended = ProcessExit.of(process);
      Thread waiting = find("exit of " + process.pid());
      waiting.interrupt();
      await().atMost(LIMIT).until(() -> !waiting.isInterrupted());
      assertThat(ended).isNotDone();
      process.destroy();
      Void unused = ended.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(process.isAlive()).isFalse();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void oneThatHasEndedIsToldOf() throws Exception {
    Process process = new ProcessBuilder("true").start();
    assertThat(process.waitFor()).isZero();
    Void unused = ProcessExit.of(process).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
