package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;

/** A pool whose processes have no socket in common: all its messages go by Artery. */
class ArteryIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final String SWITCH = "taskpool.socket";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    System.setProperty(SWITCH, "off");
    pool = CLUSTER.pool(2);
  }

  @AfterAll
  static void restore() {
    System.clearProperty(SWITCH);
  }

  @Test
  void thereIsNoSocket() throws Exception {
    assertThat(LargeValuesIT.ownFolders()).isNotEmpty();
    for (Path folder : LargeValuesIT.ownFolders()) {
      assertThat(folder.resolve("socket")).doesNotExist();
    }
  }

  static int square(int x) {
    return x * x;
  }

  static int sumOfSquares(int upTo) throws Exception {
    return TaskContext.current()
        .pool()
        .map(ArteryIT::square, IntStream.rangeClosed(1, upTo).boxed().toList())
        .stream()
        .mapToInt(i -> i)
        .sum();
  }

  @Test
  void manyTasksOneByOne() throws Exception {
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      handles.add(pool.applyAsync(ArteryIT::square, i));
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(handles.get(i).get(LIMIT)).isEqualTo(i * i);
    }
  }

  @Test
  void aMapFromInsideATask() throws Exception {
    assertThat(pool.apply(ArteryIT::sumOfSquares, 10)).isEqualTo(385);
  }

  @Test
  void aCancelledTask() throws Exception {
    Path started = temp.resolve("started");
    TaskHandle<Long> handle =
        pool.applyAsync(Gate::startedThenAwait, started, temp.resolve("never"));
    Gate.await(started);
    assertThat(handle.cancel(true)).isTrue();
    assertThat(pool.apply(ArteryIT::square, 3)).isEqualTo(9);
  }

  static long dieAtFirst(Path pids) throws Exception {
    TaskContext task = TaskContext.current();
    if (task.attempt() == 1) {
      Gate.open(pids.resolve(Long.toString(task.pid())));
      Gate.await(pids.resolve("never"));
    }
    return task.pid();
  }

  @Test
  void aTaskWhoseWorkerIsKilled() throws Exception {
    TaskHandle<Long> handle = pool.applyAsync(ArteryIT::dieAtFirst, temp);
    await().atMost(LIMIT).until(() -> !Gate.list(temp).isEmpty());
    long victim = Long.parseLong(Gate.list(temp).get(0).getFileName().toString());
    assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
    assertThat(handle.get(LIMIT)).isNotEqualTo(victim);
  }
}
