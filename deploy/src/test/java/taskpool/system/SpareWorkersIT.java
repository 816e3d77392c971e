package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.Call;
import taskpool.TaskPool;

/** JVMs that are kept at hand to take the place of workers that die. */
class SpareWorkersIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TREE_GONE = Duration.ofSeconds(2);

  @TempDir Path temp;

  private static long pid(TaskPool pool) throws Exception {
    return pool.apply(() -> ProcessHandle.current().pid());
  }

  /** The worker JVMs of this process; one of a class archive in the making is not its child. */
  private static List<ProcessHandle> children() {
    Optional<ProcessHandle> parent = Optional.of(ProcessHandle.current());
    return ProcessTable.workers().stream().filter(each -> each.parent().equals(parent)).toList();
  }

  /** Waits until the spare is there; gives it. */
  private static ProcessHandle awaitSpare(long worker) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> children().stream().filter(each -> each.pid() != worker).toList(),
            spares -> spares.size() == 1)
        .get(0);
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Test
  void aSpareTakesThePlaceOfADeadWorkerAndIsReplaced() throws Exception {
    TaskPool pool = CLUSTER.start(builder -> builder.workers(1).spareWorkers(1));
    long first = pid(pool);
    for (int i = 0; i < 2; i++) {
      ProcessHandle spare = awaitSpare(first);
      assertThat(pool.workers()).isEqualTo(1);
      kill(first);
      assertThat(pid(pool)).isEqualTo(spare.pid());
      first = spare.pid();
    }
  }

  @Test
  void aDeadSpareIsReplacedAndNobodyElseNotices() throws Exception {
    TaskPool pool = CLUSTER.start(builder -> builder.workers(1).spareWorkers(1));
    long worker = pid(pool);
    ProcessHandle spare = awaitSpare(worker);
    spare.destroyForcibly();
    TestCluster.awaitGone(List.of(spare), LIMIT);
    assertThat(awaitSpare(worker)).isNotEqualTo(spare);
    assertThat(pid(pool)).isEqualTo(worker);
  }

  static void noteInitialized(Path directory) throws Exception {
    Gate.open(directory.resolve(Long.toString(ProcessHandle.current().pid())));
  }

  @Test
  void theInitializerRunsOnceASpareIsAWorker() throws Exception {
    Path directory = temp;
    TaskPool pool =
        CLUSTER.start(
            builder ->
                builder
                    .workers(1)
                    .spareWorkers(1)
                    .initializer(Call.of(SpareWorkersIT::noteInitialized, directory)));
    long worker = pid(pool);
    ProcessHandle spare = awaitSpare(worker);
    assertThat(directory.resolve(Long.toString(spare.pid()))).doesNotExist();
    kill(worker);
    assertThat(pid(pool)).isEqualTo(spare.pid());
    assertThat(directory.resolve(Long.toString(spare.pid()))).exists();
  }

  /** Has a worker and a spare, and waits for ever. */
  static final class Cautious {
    public static void main(String[] args) throws Exception {
      TaskPool pool = TaskPool.builder().workers(1).spareWorkers(1).workerHeap("256m").start();
      System.out.println("worker " + pid(pool));
      Gate.await(Path.of(args[0]));
    }
  }

  @Test
  void aSpareEndsWithAParentThatIsKilled() throws Exception {
    Program program = CLUSTER.launch(Cautious.class, temp.resolve("never").toString());
    program.awaitLine(line -> line.startsWith("worker "));
    await().atMost(LIMIT).until(() -> program.descendants().size() >= 2);
    List<ProcessHandle> tree = new ArrayList<>(program.descendants());
    program.signal("KILL");
    TestCluster.awaitGone(tree, TREE_GONE);
  }

  @Test
  void aNegativeNumberIsRefused() {
    assertThatThrownBy(() -> TaskPool.builder().spareWorkers(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
