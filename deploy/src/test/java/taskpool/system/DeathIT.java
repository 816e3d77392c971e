package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.WorkerLostException;

/** Processes that die: workers in the middle of their work, and the program that has the pool. */
class DeathIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How soon after the death of the parent nothing of it may be left; what the design promises. */
  private static final Duration TREE_GONE = Duration.ofSeconds(2);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  static int square(int x) {
    return x * x;
  }

  static int squareAndMark(Path mark, int x) throws IOException {
    if (x == 300) {
      Files.writeString(mark, Long.toString(ProcessHandle.current().pid()));
    }
    return x * x;
  }

  private static List<ProcessHandle> awaitFullStrength() {
    return await().atMost(LIMIT).until(ProcessTable::workers, workers -> workers.size() == 2);
  }

  @Test
  void aWorkerKilledAmongAThousandTasks() throws Exception {
    Set<Long> before = TestCluster.pids(pool);
    Path mark = temp.resolve("mark");
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      handles.add(pool.applyAsync(DeathIT::squareAndMark, mark, i));
    }
    await().atMost(LIMIT).until(() -> Files.exists(mark) && !Files.readString(mark).isEmpty());
    long victim = Long.parseLong(Files.readString(mark));
    assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
    for (int i = 0; i < 1000; i++) {
      assertThat(handles.get(i).get(LIMIT)).isEqualTo(i * i);
    }
    Set<Long> after = TestCluster.pids(pool);
    assertThat(after).hasSize(2).doesNotContain(victim).isNotEqualTo(before);
  }

  static long firstTimeHangs(Path started) throws Exception {
    TaskContext task = TaskContext.current();
    if (task.attempt() == 1) {
      Files.writeString(started, Long.toString(task.pid()));
      Gate.await(started.resolveSibling("never"));
    }
    return task.attempt();
  }

  @Test
  void aRunningTaskIsRunAgainElsewhere() throws Exception {
    Path started = temp.resolve("started");
    TaskHandle<Long> handle = pool.applyAsync(DeathIT::firstTimeHangs, started);
    await()
        .atMost(LIMIT)
        .until(() -> Files.exists(started) && !Files.readString(started).isEmpty());
    long victim = Long.parseLong(Files.readString(started));
    ProcessHandle.of(victim).orElseThrow().destroyForcibly();
    assertThat(handle.get(LIMIT)).isEqualTo(2);
    assertThat(awaitFullStrength()).extracting(ProcessHandle::pid).doesNotContain(victim);
  }

  static void killItself(Path attempts) throws Exception {
    TaskContext task = TaskContext.current();
    Gate.open(attempts.resolve("attempt-" + task.attempt()));
    System.out.println("these are my last words, attempt " + task.attempt());
    System.err.println("and these, too");
    System.err.flush();
    ProcessHandle self = ProcessHandle.current();
    new ProcessBuilder("kill", "-s", "KILL", Long.toString(self.pid())).start().waitFor();
    Gate.await(attempts.resolve("never"));
  }

  static void exit(int code) {
    System.out.println("exiting");
    System.exit(code);
  }

  @Test
  void aTaskThatKillsItsWorkersIsGivenUp() throws Exception {
    Path attempts = Files.createDirectory(temp.resolve("attempts"));
    TaskHandle<?> deadly = pool.applyAsync(DeathIT::killItself, attempts);
    List<TaskHandle<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      others.add(pool.applyAsync(DeathIT::square, i));
    }
    assertThatThrownBy(() -> deadly.get(LIMIT))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WorkerLostException.class,
            error -> {
              assertThat(error.exitCode()).isEqualTo(-9);
              assertThat(error.lastOutput())
                  .contains("these are my last words, attempt 3", "and these, too");
              assertThat(error).hasMessageContaining("-9").hasMessageContaining("worker-");
            });
    for (int i = 0; i < 200; i++) {
      assertThat(others.get(i).get(LIMIT)).isEqualTo(i * i);
    }
    assertThat(Gate.list(attempts)).hasSize(3);
    assertThatThrownBy(() -> pool.applyAsync(DeathIT::exit, 7).get(LIMIT))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WorkerLostException.class,
            error -> {
              assertThat(error.exitCode()).isEqualTo(7);
              assertThat(error.lastOutput()).contains("exiting");
            });
    assertThat(TestCluster.pids(pool)).hasSize(2);
  }

  /** Starts a pool whose two workers run a task with a child process each, and waits for ever. */
  static final class Busy {
    static void sleepInChild() throws Exception {
      Process child = new ProcessBuilder("sleep", "1000").inheritIO().start();
      System.out.println("child " + child.pid());
      child.waitFor();
    }

    public static void main(String[] args) throws Exception {
      TaskPool pool = TaskPool.builder().workers(2).workerHeap("256m").start();
      TaskHandle<?> last = null;
      for (int i = 0; i < 10; i++) {
        last = pool.applyAsync(Busy::sleepInChild);
      }
      last.get();
    }
  }

  private static List<ProcessHandle> awaitBusyTree(Program program) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                program.out().stream().filter(line -> line.contains("child")).count() == 2
                    || !program.isRunning());
    List<ProcessHandle> tree = new ArrayList<>(program.descendants());
    assertThat(tree).as(program.transcript()).hasSize(4);
    tree.add(program.handle());
    return tree;
  }

  @Test
  void nothingOutlivesAParentThatIsKilled() throws Exception {
    Program program = CLUSTER.launch(Busy.class);
    List<ProcessHandle> tree = awaitBusyTree(program);
    program.signal("KILL");
    TestCluster.awaitGone(tree, TREE_GONE);
    assertThat(program.exitCode()).isEqualTo(128 + 9);
  }

  @Test
  void nothingOutlivesCtrlC() throws Exception {
    Program program = CLUSTER.launch(new TestCluster.Launch(Busy.class).asAtTerminal());
    List<ProcessHandle> tree = awaitBusyTree(program);
    program.signalGroup("INT");
    TestCluster.awaitGone(tree, TREE_GONE);
    assertThat(program.exitCode()).isEqualTo(128 + 2);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void nothingOutlivesAParentThatIsToldToEnd() throws Exception {
    Program program = CLUSTER.launch(new TestCluster.Launch(Busy.class).asAtTerminal());
    List<ProcessHandle> tree = awaitBusyTree(program);
    program.signal("TERM"); // to it alone
    TestCluster.awaitGone(tree, TREE_GONE);
    assertThat(program.exitCode()).isEqualTo(128 + 15);
    assertThat(program.err()).isEmpty();
  }

  /** Returns from main with tasks that would never end, and without closing the pool. */
  static final class Forgetful {
    public static void main(String[] args) throws Exception {
      TaskPool pool = TaskPool.builder().workers(2).workerHeap("256m").start();
      System.out.println(pool.apply(DeathIT::square, 12));
      for (int i = 0; i < 10; i++) {
        var unused = pool.applyAsync(Busy::sleepInChild);
      }
      Gate.await(Path.of(args[0]));
      System.out.println("end of main");
    }
  }

  @Test
  void aProgramThatForgetsToCloseEndsAllTheSame() throws Exception {
    Path go = temp.resolve("go");
    Program program = CLUSTER.launch(Forgetful.class, go.toString());
    List<ProcessHandle> tree = awaitBusyTree(program);
    Gate.open(go);
    TestCluster.awaitGone(tree, Duration.ofSeconds(5));
    assertThat(program.exitCode()).isZero();
    assertThat(program.out()).contains("144", "end of main");
    assertThat(program.err()).isEmpty();
  }

  /** Ends before its workers are even up. */
  static final class Hasty {
    public static void main(String[] args) {
      TaskPool pool = TaskPool.builder().workers(2).jvmOptions("-Dmarker=" + args[0]).start();
      var unused = pool.applyAsync(DeathIT::square, 1);
      System.out.println("end of main");
    }
  }

  @Test
  void aProgramMayEndBeforeItsWorkersAreUp() throws Exception {
    String marker = "hasty-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    Program program = CLUSTER.launch(Hasty.class, marker);
    program.awaitLine("end of main"::equals);
    assertThat(program.exitCode()).isZero();
    assertThat(program.out()).containsExactly("end of main");
    assertThat(program.err()).isEmpty();
    TestCluster.awaitGone(ProcessTable.workersWith(marker), TREE_GONE);
  }

  private static final List<byte[]> HOARD = new ArrayList<>();

  static int fillTheHeap() {
    while (true) {
      HOARD.add(new byte[64 * 1024]);
    }
  }

  @Test
  void aFullHeapEndsTheTaskAndNotThePool() throws Exception {
    try (TaskPool small = TaskPool.builder().workers(1).workerHeap("64m").start()) {
      TaskHandle<Integer> greedy = small.applyAsync(DeathIT::fillTheHeap);
      assertThatThrownBy(() -> greedy.get(LIMIT))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfAny(OutOfMemoryError.class, WorkerLostException.class);
    }
  }
}
