package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;

/** A worker that lives and does nothing: it is given up, and nothing that it does later counts. */
class SuspendedWorkerIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration UNRESPONSIVE = Duration.ofSeconds(2);

  @TempDir Path temp;

  /** Tells its pid and that it has started, then waits for the gate of its attempt. */
  static int attemptAfterGate(Path folder) throws Exception {
    TaskContext task = TaskContext.current();
    Files.writeString(folder.resolve("pid-" + task.attempt()), Long.toString(task.pid()));
    Gate.startedThenAwait(
        folder.resolve("started-" + task.attempt()), folder.resolve("go-" + task.attempt()));
    return task.attempt();
  }

  private ProcessHandle runnerOf(int attempt) throws Exception {
    Gate.await(temp.resolve("started-" + attempt));
    String pid = Files.readString(temp.resolve("pid-" + attempt));
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private TaskPool pool() {
    return CLUSTER.start(builder -> builder.workers(2).unresponsiveAfter(UNRESPONSIVE));
  }

  @Test
  void isGivenUpKilledAndReplaced() throws Exception {
    TaskPool pool = pool();
    TaskHandle<Integer> handle = pool.applyAsync(SuspendedWorkerIT::attemptAfterGate, temp);
    ProcessHandle first = runnerOf(1);
    Signals.send("STOP", first.pid());
    Gate.open(temp.resolve("go-2"));
    assertThat(handle.get(LIMIT)).isEqualTo(2);
    TestCluster.awaitGone(List.of(first), LIMIT);
    assertThat(TestCluster.pids(pool)).hasSize(2).doesNotContain(first.pid());
  }

  @Test
  void comesBackInVain() throws Exception {
    TaskPool pool = pool();
    TaskHandle<Integer> handle = pool.applyAsync(SuspendedWorkerIT::attemptAfterGate, temp);
    List<Integer> heard = new CopyOnWriteArrayList<>();
    var unused = handle.callback(heard::add);
    ProcessHandle first = runnerOf(1);
    Signals.send("STOP", first.pid());
    Gate.open(temp.resolve("go-1"));
    runnerOf(2); // now the other one has been given up
    wake(first);
    TestCluster.awaitGone(List.of(first), LIMIT);
    assertThat(handle.ready()).as("a late result counts").isFalse();
    Gate.open(temp.resolve("go-2"));
    assertThat(handle.get(LIMIT)).isEqualTo(2);
    assertThat(TestCluster.pids(pool)).hasSize(2).doesNotContain(first.pid());
    await().atMost(LIMIT).until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly(2);
  }

  /** Lets it go on, if it has not been killed yet. */
  private static void wake(ProcessHandle process) {
    try {
      Signals.send("CONT", process.pid());
    } catch (UncheckedIOException e) {
      assertThat(ProcessTable.isRunning(process)).isFalse();
    }
  }

  @Test
  void anIdleOneIsReplacedToo() throws Exception {
    TaskPool pool = pool();
    long idle = TestCluster.pids(pool).iterator().next();
    Signals.send("STOP", idle);
    assertThat(TestCluster.pids(pool)).hasSize(2).doesNotContain(idle);
  }

  /** A worker whose task keeps it busy answers all the same, however long that takes. */
  @Test
  void oneThatIsOnlyBusyIsNot() throws Exception {
    TaskPool pool = pool();
    TaskHandle<Integer> handle =
        pool.applyAsync(SuspendedWorkerIT::busy, UNRESPONSIVE.toMillis() * 3);
    assertThat(handle.get(LIMIT)).isEqualTo(1);
  }

  static int busy(long millis) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < Duration.ofMillis(millis).toNanos()) {
      Thread.onSpinWait();
    }
    return TaskContext.current().attempt();
  }
}
