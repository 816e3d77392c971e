package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.JvmProcess;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;
import taskpool.error.PoolClosedException;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;

/** Pools that are sent to tasks and processes: there they are the same pools. */
class PoolReferenceIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path temp;

  static int square(int x) {
    return x * x;
  }

  static long worker() {
    return TaskContext.current().pid();
  }

  private static void assertExit(JvmProcess process, int code) throws InterruptedException {
    assertThat(process.join(LIMIT)).isTrue();
    assertThat(process.exitCode()).hasValue(code);
  }

  /** Has one in a field. */
  record Work(String name, TaskPool pool) {}

  static int viaArgument(TaskPool pool, int x) throws Exception {
    return pool.apply(PoolReferenceIT::square, x);
  }

  static int viaField(List<Work> work) throws Exception {
    return work.get(0).pool().apply(PoolReferenceIT::square, work.get(0).name().length());
  }

  static boolean isTheTasksOwn(TaskPool pool) {
    return pool == TaskContext.current().pool();
  }

  static String closing(TaskPool pool) {
    try {
      pool.close();
      return "closed";
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  @Test
  void aTaskIsGivenItsOwnPool() throws Exception {
    TaskPool pool = CLUSTER.start(builder -> builder.workers(1).slotsPerWorker(2));
    assertThat(pool.apply(PoolReferenceIT::isTheTasksOwn, pool)).isTrue();
    assertThat(pool.apply(PoolReferenceIT::viaArgument, pool, 3)).isEqualTo(9);
    assertThat(pool.apply(PoolReferenceIT::viaField, List.of(new Work("four", pool))))
        .isEqualTo(16);
    assertThat(pool.apply(() -> viaArgument(pool, 5))).isEqualTo(25);
    assertThat(pool.apply(PoolReferenceIT::closing, pool)).contains("only the program that opened");
    assertThat(pool.apply(PoolReferenceIT::square, 6)).isEqualTo(36);
  }

  @Test
  void aTaskIsGivenAnotherPool() throws Exception {
    TaskPool one = CLUSTER.pool(1);
    TaskPool other = CLUSTER.pool(1);
    long worker = other.apply(PoolReferenceIT::worker);
    assertThat(one.apply((TaskPool pool) -> pool.apply(PoolReferenceIT::worker), other))
        .isEqualTo(worker);
  }

  static void use(TaskPool pool, Path file, int generations) throws Exception {
    if (generations > 0) {
      JvmProcess child = JvmProcess.of(PoolReferenceIT::use, pool, file, generations - 1);
      child.start();
      child.join();
      System.exit(child.exitCode().orElseThrow());
    }
    Files.writeString(
        file,
        "%s %d %d %d %s"
            .formatted(
                pool.map(PoolReferenceIT::square, List.of(1, 2, 3)),
                pool.apply(PoolReferenceIT::worker),
                pool.workers(),
                pool.<byte[], Integer>apply(bytes -> bytes.length, new byte[1 << 20]),
                closing(pool)));
  }

  @Test
  void aProcessUsesThePoolAndPassesItOn() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    long worker = pool.apply(PoolReferenceIT::worker);
    for (int generations : List.of(0, 1)) {
      Path file = temp.resolve("file-" + generations);
      JvmProcess process = JvmProcess.of(PoolReferenceIT::use, pool, file, generations);
      process.start();
      assertExit(process, 0);
      assertThat(Files.readString(file))
          .startsWith("[1, 4, 9] %d 1 %d only the program".formatted(worker, 1 << 20));
    }
  }

  /** Keeps the pool in a field. */
  static final class Submitting extends JvmProcess {
    private final TaskPool pool;
    private final Path folder;

    Submitting(TaskPool pool, Path folder) {
      this.pool = pool;
      this.folder = folder;
    }

    @Override
    public void run() throws Exception {
      TaskHandle<?> running = pool.applyAsync(PoolReferenceIT::hang, folder);
      for (int i = 0; i < 10; i++) {
        var unused = pool.applyAsync(PoolReferenceIT::mark, folder.resolve("queued-" + i));
      }
      Gate.await(folder.resolve("started"));
      Gate.open(folder.resolve("submitted"));
      running.get();
    }
  }

  static void hang(Path folder) throws Exception {
    Gate.open(folder.resolve("started"));
    try {
      Gate.await(folder.resolve("never"));
    } catch (InterruptedException e) {
      Gate.open(folder.resolve("interrupted"));
      throw e;
    }
  }

  static void mark(Path file) throws Exception {
    Gate.open(file);
  }

  @Test
  void theTasksOfAProcessEndWithIt() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    JvmProcess process = new Submitting(pool, temp);
    process.start();
    await().atMost(LIMIT).until(() -> Files.exists(temp.resolve("submitted")));
    process.kill();
    assertExit(process, -9);
    // the one that runs is interrupted, and those that were queued before ours are not run
    assertThat(pool.applyAsync(PoolReferenceIT::square, 7).get(Duration.ofSeconds(10)))
        .isEqualTo(49);
    assertThat(temp.resolve("interrupted")).exists();
    assertThat(Gate.list(temp)).noneMatch(file -> file.getFileName().toString().contains("queued"));
  }

  static long actorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("taskpool-actors"))
        .count();
  }

  /** Leaves something behind that the closed pool will never acknowledge. */
  static void useAndLeave(TaskPool pool) throws Exception {
    assertThat(pool.apply(PoolReferenceIT::square, 3)).isEqualTo(9);
    for (int i = 0; i < 100; i++) {
      var unused = pool.applyAsync(PoolReferenceIT::square, i);
    }
  }

  @Test
  void aWorkerForgetsPoolsThatHaveBeenClosed() throws Exception {
    TaskPool user = CLUSTER.pool(1);
    assertThat(user.apply(PoolReferenceIT::actorThreads)).isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      TaskPool pool = CLUSTER.pool(1);
      user.apply(PoolReferenceIT::useAndLeave, pool);
      assertThat(user.apply(PoolReferenceIT::actorThreads)).isEqualTo(2);
      pool.terminate();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(user.apply(PoolReferenceIT::actorThreads)).isEqualTo(1));
    }
  }

  static void outlive(TaskPool pool, Path folder) throws Exception {
    if (pool.apply(PoolReferenceIT::square, 8) != 64) {
      System.exit(2);
    }
    Gate.open(folder.resolve("used"));
    Gate.await(folder.resolve("closed"));
    try {
      System.exit(pool.apply(PoolReferenceIT::square, 9) == 81 ? 3 : 4);
    } catch (ExecutionException e) {
      System.exit(e.getCause() instanceof PoolClosedException ? 11 : 5);
    }
  }

  static void comeLate(TaskPool pool, Path folder) throws Exception {
    Gate.await(folder.resolve("closed"));
    try {
      System.exit(pool.apply(PoolReferenceIT::square, 9) == 81 ? 3 : 4);
    } catch (PoolClosedException e) {
      System.exit(12);
    }
  }

  @Test
  void aProcessLearnsThatThePoolHasBeenClosed() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    JvmProcess user = JvmProcess.of(PoolReferenceIT::outlive, pool, temp);
    JvmProcess latecomer = JvmProcess.of(PoolReferenceIT::comeLate, pool, temp);
    user.start();
    latecomer.start();
    await().atMost(LIMIT).until(() -> Files.exists(temp.resolve("used")));
    pool.close();
    Gate.open(temp.resolve("closed"));
    assertExit(user, 11);
    assertExit(latecomer, 12);
  }

  /** Takes in turns by two ways of the same pool, and asks one about what it got by the other. */
  static void takeByTwoWays(TaskPool pool, Path file) throws Exception {
    TaskPool view = pool.with(TaskOptions.none());
    ClusterQueue<Integer> one = pool.queue("numbers");
    ClusterQueue<Integer> two = view.queue("numbers");
    List<Integer> taken = new ArrayList<>();
    while (!two.isEmpty()) {
      taken.add(one.take());
      taken.add(two.take());
    }
    try (ClusterLock.Hold hold = pool.lock("lock").acquire()) {
      Files.writeString(file, taken + " " + (view.lock("lock").token() == hold.token()));
    }
  }

  @Test
  void viewsOfAPoolHaveItsPrimitives() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    pool.<Integer>queue("numbers").putAll(List.of(1, 2, 3, 4, 5, 6, 7, 8));
    Path file = temp.resolve("file");
    JvmProcess process = JvmProcess.of(PoolReferenceIT::takeByTwoWays, pool, file);
    process.start();
    assertExit(process, 0);
    assertThat(file).hasContent("[1, 2, 3, 4, 5, 6, 7, 8] true");
  }
}
