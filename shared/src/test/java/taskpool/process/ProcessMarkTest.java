package taskpool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessMarkTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ProcessMark pool = ProcessMark.unique();

  private static Process start(ProcessMark mark, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    mark.put(builder.environment());
    return builder.start();
  }

  private static Optional<ProcessHandle> startDaemon(ProcessMark mark) throws Exception {
    Process parent =
        start(mark, "sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      long pid = Long.parseLong(out.readLine());
      assertThat(parent.waitFor()).isZero();
      return ProcessHandle.of(pid);
    }
  }

  @Test
  void whoHasLeftTheTreeIsKilledToo() throws Exception {
    ProcessHandle daemon = startDaemon(pool.numbered(1)).orElseThrow();
    assertThat(ProcessHandle.current().descendants()).doesNotContain(daemon);
    pool.numbered(1).killAll();
    await().atMost(LIMIT).until(() -> pool.find().isEmpty());
  }

  @Test
  void othersAreLeftAlone() throws Exception {
    Process first = start(pool.numbered(1), "sleep", "1000");
    Process eleventh = start(pool.numbered(11), "sleep", "1000");
    Process stranger = start(ProcessMark.unique().numbered(1), "sleep", "1000");
    try {
      await().atMost(LIMIT).until(() -> pool.find().size() == 2);
      pool.numbered(1).killAll();
      assertThat(first.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(ExitCode.of(first)).isEqualTo(-9);
      assertThat(pool.find()).containsExactly(eleventh.toHandle());
      pool.killAll();
      assertThat(eleventh.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
      pool.killAll();
    }
  }

  @Test
  void onlyTheWholeVariableCounts() {
    Map<String, String> environment = new HashMap<>();
    pool.put(environment);
    String variable = ProcessMark.VARIABLE + "=" + environment.get(ProcessMark.VARIABLE);
    assertThat(pool.isIn("A=1\0" + variable + "\0B=2\0")).isTrue();
    assertThat(pool.isIn(variable + "\0")).isTrue();
    assertThat(pool.isIn("MY_" + variable + "\0")).isFalse();
    assertThat(pool.isIn("A=" + variable + "\0")).isFalse();
    assertThat(pool.isIn(variable + "1\0")).isFalse();
    assertThat(pool.numbered(1).isIn(variable + "-1\0")).isTrue();
    assertThat(pool.numbered(1).isIn(variable + "-12\0")).isFalse();
    assertThat(pool.numbered(1).isIn(variable + "\0")).isFalse();
  }
}
