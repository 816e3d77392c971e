package taskpool.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientWatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Queue<Integer> ended = new ConcurrentLinkedQueue<>();
  private final ClientWatch watch = new ClientWatch((session, pid) -> ended.add(session));

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void tellsOfEachEndOnceHoweverOftenItIsAdded() throws Exception {
    Process first = new ProcessBuilder("sleep", "1000").start();
    Process second = new ProcessBuilder("sleep", "1000").start();
    try {
      watch.add(1, first.pid());
      watch.add(2, second.pid());
      watch.add(1, first.pid());
      first.destroy();
      await().atMost(LIMIT).until(() -> !ended.isEmpty());
      second.destroy();
      await().atMost(LIMIT).until(() -> ended.size() > 1);
      assertThat(ended).containsExactly(1, 2);
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
  }

  @Test
  void tellsOfOneThatHasEndedAlready() throws Exception {
    Process process = new ProcessBuilder("true").start();
    assertThat(process.waitFor()).isZero();
    watch.add(7, process.pid());
    await().atMost(LIMIT).until(() -> ended.contains(7));
  }
}
