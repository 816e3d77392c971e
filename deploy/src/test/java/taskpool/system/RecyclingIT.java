package taskpool.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;

/** Workers that are replaced in good order after so many tasks, or when their heap is full. */
class RecyclingIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path temp;

  /** Who ran a task, and how often it had to be begun. */
  record Ran(int number, long pid, int attempt) {}

  static Ran run(int number) {
    TaskContext task = TaskContext.current();
    return new Ran(number, task.pid(), task.attempt());
  }

  @Test
  void aWorkerRunsSoManyTasksAndNoMore() throws Exception {
    TaskPool pool = CLUSTER.start(builder -> builder.workers(1).tasksPerWorker(5));
    List<Long> pids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pids.add(pool.apply(RecyclingIT::run, i).pid());
    }
    for (int i = 0; i < 20; i += 5) {
      assertThat(Set.copyOf(pids.subList(i, i + 5))).hasSize(1);
    }
    assertThat(Set.copyOf(pids)).hasSize(4);
  }

  @Test
  void nothingIsLostWhileManySubmitAndWorkersComeAndGo() throws Exception {
    int submitters = 4;
    int each = 1_000;
    int perWorker = 250;
    TaskPool pool = CLUSTER.start(builder -> builder.workers(2).tasksPerWorker(perWorker));
    ExecutorService threads = Executors.newFixedThreadPool(submitters);
    List<Ran> runs = new ArrayList<>();
    try {
      List<Future<List<Ran>>> all = new ArrayList<>();
      for (int i = 0; i < submitters; i++) {
        int from = i * each;
        all.add(threads.submit(() -> submit(pool, from, each)));
      }
      for (Future<List<Ran>> one : all) {
        runs.addAll(one.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(runs).extracting(Ran::number).doesNotHaveDuplicates().hasSize(submitters * each);
    assertThat(runs).extracting(Ran::attempt).containsOnly(1);
    Map<Long, Long> perPid = runs.stream().collect(groupingBy(Ran::pid, counting()));
    assertThat(perPid.values()).allMatch(count -> count <= perWorker);
    assertThat(perPid).hasSizeGreaterThanOrEqualTo(submitters * each / perWorker);
    assertThat(TestCluster.pids(pool)).hasSize(2);
  }

  static void takeAWhileAndMark(Path file) throws Exception {
    TimeUnit.SECONDS.sleep(2); // long for a worker that retires without waiting
    Gate.open(file);
  }

  static void submitTo(TaskPool other, Path file) {
    var unused = other.applyAsync(RecyclingIT::takeAWhileAndMark, file);
  }

  @Test
  void aWorkerWaitsForWhatItsTasksHaveSubmittedToAnotherPool() throws Exception {
    Path file = temp.resolve("done");
    TaskPool other = CLUSTER.pool(1);
    TaskPool pool = CLUSTER.start(builder -> builder.workers(1).tasksPerWorker(1));
    pool.apply(RecyclingIT::submitTo, other, file);
    assertThat(pool.apply(() -> 42)).isEqualTo(42);
    Gate.await(file);
  }

  private static List<Ran> submit(TaskPool pool, int from, int count) throws Exception {
    List<TaskHandle<Ran>> handles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      handles.add(pool.applyAsync(RecyclingIT::run, from + i));
    }
    List<Ran> runs = new ArrayList<>();
    for (TaskHandle<Ran> handle : handles) {
      runs.add(handle.get(LIMIT));
    }
    return runs;
  }

  private static final List<byte[]> HOARD = new ArrayList<>();

  static long leak(int bytes) {
    HOARD.add(new byte[bytes]);
    return TaskContext.current().pid();
  }

  @Test
  void aWorkerWhoseHeapFillsIsReplacedBeforeItIsFull() throws Exception {
    TaskPool pool =
        CLUSTER.start(builder -> builder.workers(1).workerHeap("64m").maxWorkerHeap(60));
    Set<Long> pids = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      pids.add(pool.apply(RecyclingIT::leak, 4 << 20)); // 160 MiB in all
    }
    assertThat(pids).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void oneThatOnlyMakesGarbageIsNot() throws Exception {
    TaskPool pool =
        CLUSTER.start(builder -> builder.workers(1).workerHeap("64m").maxWorkerHeap(60));
    Set<Long> pids = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      pids.add(pool.apply(RecyclingIT::garbage, 4 << 20));
    }
    assertThat(pids.stream().map(String::valueOf).collect(Collectors.toSet())).hasSize(1);
  }

  static long garbage(int bytes) {
    byte[] made = new byte[bytes];
    return made.length == bytes ? TaskContext.current().pid() : 0;
  }
}
