package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.Call;
import taskpool.ResultIterator;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.PoolClosedException;
import taskpool.error.PoolFullException;
import taskpool.error.WorkerLostException;

/** Pools from their start to their end, the good ones and the bad ones. */
class LifecycleIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static String initialized = "no";

  @TempDir Path temp;

  static int square(int x) {
    return x * x;
  }

  static int squareAfter(Path go, int x) throws Exception {
    Gate.await(go);
    return x * x;
  }

  @Test
  void shutdownRefusesNewTasksAndFinishesTheOthers() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    Path go = temp.resolve("go");
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      handles.add(pool.applyAsync(LifecycleIT::squareAfter, go, i));
    }
    assertThatThrownBy(pool::join).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pool.join(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shutdown");
    assertThat(pool.isShutdown()).isFalse();
    pool.shutdown();
    pool.shutdown();
    assertThat(pool.isShutdown()).isTrue();
    assertRefusesTasks(pool);
    assertThat(pool.join(Duration.ofMillis(50))).isFalse();
    assertThat(handles).noneMatch(TaskHandle::ready);
    Gate.open(go);
    assertThat(pool.join(LIMIT)).isTrue();
    pool.join();
    assertThat(handles).allMatch(TaskHandle::ready);
    for (int i = 0; i < 20; i++) {
      assertThat(handles.get(i).get()).isEqualTo(i * i);
    }
    assertThat(ProcessTable.workers()).isEmpty();
    pool.close();
    pool.close();
    pool.terminate();
    assertThat(handles.get(3).get()).isEqualTo(9);
    assertRefusesTasks(pool);
  }

  private static void assertRefusesTasks(TaskPool pool) {
    assertThatThrownBy(() -> pool.applyAsync(LifecycleIT::square, 1))
        .isInstanceOf(PoolClosedException.class);
    assertThatThrownBy(() -> pool.apply(LifecycleIT::square, 1))
        .isInstanceOf(PoolClosedException.class);
    assertThatThrownBy(() -> pool.mapAsync(LifecycleIT::square, List.of(1)))
        .isInstanceOf(PoolClosedException.class);
    assertThatThrownBy(() -> pool.map(LifecycleIT::square, List.of()))
        .isInstanceOf(PoolClosedException.class);
    assertThatThrownBy(() -> pool.imap(LifecycleIT::square, List.of(1)))
        .isInstanceOf(PoolClosedException.class);
    assertThatThrownBy(() -> pool.imapUnordered(LifecycleIT::square, List.of()))
        .isInstanceOf(PoolClosedException.class);
  }

  @Test
  void aPoolClosedAtOnceLeavesNothing() {
    for (int i = 0; i < 3; i++) {
      CLUSTER.pool(2).close();
      assertThat(ProcessTable.workers()).isEmpty();
    }
    TaskPool terminated = CLUSTER.pool(2);
    terminated.terminate();
    terminated.close();
    assertThat(ProcessTable.workers()).isEmpty();
  }

  @Test
  void terminateEndsEveryHandleAtOnce() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    Path never = temp.resolve("never");
    assertThat(pool.apply(LifecycleIT::square, 2)).isEqualTo(4);
    TaskHandle<Integer> finished = pool.applyAsync(LifecycleIT::square, 3);
    finished.get(LIMIT);
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      handles.add(pool.applyAsync(LifecycleIT::squareAfter, never, i));
    }
    ResultIterator<Integer> results =
        pool.imap((Integer x) -> squareAfter(never, x), List.of(1, 2, 3));
    List<ProcessHandle> workers = ProcessTable.workers();
    assertThat(workers).as("one more may record the archive").hasSizeGreaterThanOrEqualTo(2);
    pool.terminate();
    assertThat(handles).allMatch(TaskHandle::ready);
    for (TaskHandle<Integer> handle : handles) {
      assertThatThrownBy(handle::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(PoolClosedException.class);
      assertThat(handle.isCancelled()).isFalse();
      assertThat(handle.cancel(true)).isFalse();
    }
    assertThatThrownBy(results::next).hasCauseInstanceOf(PoolClosedException.class);
    TestCluster.awaitGone(workers, Duration.ofSeconds(5));
    pool.terminate();
    assertThat(pool.join(LIMIT)).isTrue();
    pool.close();
    pool.terminate();
    assertThat(finished.get()).isEqualTo(9);
    assertRefusesTasks(pool);
  }

  @Test
  void terminateAfterShutdownDoesNotWait() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    TaskHandle<Integer> running =
        pool.applyAsync(LifecycleIT::squareAfter, temp.resolve("never"), 1);
    pool.shutdown();
    FutureTask<Void> joining =
        new FutureTask<>(
            () -> {
              pool.join();
              return null;
            });
    new Thread(joining, "joining").start();
    pool.terminate();
    joining.get();
    assertThatThrownBy(running::get).hasCauseInstanceOf(PoolClosedException.class);
  }

  @Test
  void anInterruptedCloseTerminates() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    TaskHandle<Integer> running =
        pool.applyAsync(LifecycleIT::squareAfter, temp.resolve("never"), 1);
    Thread.currentThread().interrupt();
    pool.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(running::get).hasCauseInstanceOf(PoolClosedException.class);
  }

  @Test
  void twoPoolsDoNotKnowOfEachOther() throws Exception {
    TaskPool one = CLUSTER.start(builder -> builder.workers(1).name("one"));
    TaskPool two = CLUSTER.start(builder -> builder.workers(1).name("two"));
    Set<Long> pids = new HashSet<>(TestCluster.pids(one));
    pids.addAll(TestCluster.pids(two));
    assertThat(pids).hasSize(2);
    Path go = temp.resolve("go");
    TaskHandle<Integer> waiting = two.applyAsync(LifecycleIT::squareAfter, go, 5);
    assertThat(one.map(LifecycleIT::square, List.of(1, 2, 3))).containsExactly(1, 4, 9);
    one.close();
    assertThat(ProcessTable.workers()).hasSize(1);
    Gate.open(go);
    assertThat(waiting.get(LIMIT)).isEqualTo(25);
    assertThat(two.apply(LifecycleIT::square, 6)).isEqualTo(36);
  }

  @Test
  void aFullWindowRefusesOrBlocks() throws Exception {
    Path go = temp.resolve("go");
    TaskPool refusing =
        CLUSTER.start(builder -> builder.workers(1).window(3, 1 << 20).refuseWhenFull(true));
    for (int i = 0; i < 3; i++) {
      var unused = refusing.applyAsync(LifecycleIT::squareAfter, go, i);
    }
    assertThatThrownBy(() -> refusing.applyAsync(LifecycleIT::square, 1))
        .isInstanceOf(PoolFullException.class)
        .hasMessageContaining("3 tasks");

    TaskPool blocking = CLUSTER.start(builder -> builder.workers(1).window(3, 1 << 20));
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      handles.add(blocking.applyAsync(LifecycleIT::squareAfter, go, i));
    }
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread impatient =
        new Thread(
            () -> {
              try {
                var unused = blocking.applyAsync(LifecycleIT::square, 1);
              } catch (CancellationException e) {
                if (Thread.currentThread().isInterrupted()) {
                  interrupted.countDown();
                }
              }
            });
    impatient.start();
    FutureTask<TaskHandle<Integer>> submitting =
        new FutureTask<>(() -> blocking.applyAsync(LifecycleIT::square, 3));
    Thread patient = new Thread(submitting);
    patient.start();
    for (Thread thread : List.of(impatient, patient)) {
      await().atMost(LIMIT).until(() -> thread.getState() == Thread.State.WAITING);
    }
    impatient.interrupt();
    interrupted.await();
    assertThat(submitting.isDone()).isFalse();
    Gate.open(go);
    assertThat(submitting.get().get(LIMIT)).isEqualTo(9);
    assertThat(handles.get(2).get(LIMIT)).isEqualTo(4);
    await().atMost(LIMIT).until(() -> refusesNothing(refusing));
  }

  private static boolean refusesNothing(TaskPool pool) throws Exception {
    try {
      return pool.apply(LifecycleIT::square, 1) == 1;
    } catch (PoolFullException e) {
      return false;
    }
  }

  @Test
  void bytesFillTheWindowToo() throws Exception {
    Path go = temp.resolve("go");
    TaskPool pool =
        CLUSTER.start(builder -> builder.workers(1).window(100, 10_000).refuseWhenFull(true));
    TaskHandle<Integer> large = pool.applyAsync(LifecycleIT::lengthAfter, go, new byte[20_000]);
    assertThatThrownBy(() -> pool.applyAsync(LifecycleIT::square, 1))
        .isInstanceOf(PoolFullException.class);
    Gate.open(go);
    assertThat(large.get(LIMIT)).isEqualTo(20_000);
    await().atMost(LIMIT).until(() -> refusesNothing(pool));
  }

  static int lengthAfter(Path go, byte[] bytes) throws Exception {
    Gate.await(go);
    return bytes.length;
  }

  static void initialize(Path directory, String value) throws Exception {
    initialized = value;
    Files.writeString(directory.resolve(Long.toString(ProcessHandle.current().pid())), value);
  }

  static String initializedAs() {
    return initialized;
  }

  @Test
  void theInitializerRunsInEachWorkerBeforeItsFirstTask() throws Exception {
    Path directory = temp;
    TaskPool pool =
        CLUSTER.start(
            builder ->
                builder.workers(2).initializer(Call.of(LifecycleIT::initialize, directory, "yes")));
    for (TaskHandle<String> handle :
        List.of(
            pool.applyAsync(LifecycleIT::initializedAs),
            pool.applyAsync(LifecycleIT::initializedAs),
            pool.applyAsync(LifecycleIT::initializedAs))) {
      assertThat(handle.get(LIMIT)).isEqualTo("yes");
    }
    Set<Long> pids = TestCluster.pids(pool);
    assertThat(Gate.list(temp))
        .extracting(file -> Long.valueOf(file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(pids);
    assertThat(initialized).isEqualTo("no"); // no memory is shared
  }

  static void failToInitialize() {
    System.out.println("about to open the database");
    throw new IllegalStateException("no database");
  }

  @Test
  void aFailingInitializerEndsEveryHandle() throws Exception {
    TaskPool pool =
        CLUSTER.start(builder -> builder.workers(2).initializer(LifecycleIT::failToInitialize));
    assertEndsWithLostWorker(pool, 3, "about to open the database", "no database");
  }

  @Test
  void aJvmThatCannotStartEndsEveryHandle() throws Exception {
    TaskPool pool = CLUSTER.start(builder -> builder.workers(2).jvmOptions("-XX:MaxHeapSize=foo"));
    assertEndsWithLostWorker(pool, 1, "MaxHeapSize");
  }

  private static void assertEndsWithLostWorker(TaskPool pool, int exitCode, String... output)
      throws Exception {
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      handles.add(pool.applyAsync(LifecycleIT::square, i));
    }
    handles.get(0).await(LIMIT);
    handles.add(pool.applyAsync(LifecycleIT::square, 6)); // what comes later fails, too
    for (TaskHandle<Integer> handle : handles) {
      assertThatThrownBy(() -> handle.get(LIMIT))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WorkerLostException.class,
              error -> {
                assertThat(error.exitCode()).isEqualTo(exitCode);
                assertThat(String.join("\n", error.lastOutput())).contains(output);
              });
    }
    pool.shutdown();
    assertThat(pool.join(LIMIT)).isTrue();
  }

  @Test
  void jvmOptionsAndHeapArrive() throws Exception {
    TaskPool pool =
        CLUSTER.start(
            builder ->
                builder
                    .workers(1)
                    .workerHeap("200m")
                    .jvmOptions("-Dsome.property=with space", "-Dother=1")
                    .jvmOptions("-ea"));
    assertThat(pool.apply(() -> System.getProperty("some.property"))).isEqualTo("with space");
    assertThat(pool.apply(() -> System.getProperty("other"))).isEqualTo("1");
    assertThat(pool.apply(() -> Runtime.getRuntime().maxMemory() >> 20)).isBetween(150L, 200L);
    assertThat(pool.apply(() -> System.getProperty("user.dir")))
        .isEqualTo(System.getProperty("user.dir"));
    assertThat(pool.apply(() -> System.in.read())).isEqualTo(-1);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> TaskPool.local(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskPool.local(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskPool.builder().slotsPerWorker(1_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slots per worker must be at most 1000, not 1001");
    assertThatThrownBy(() -> TaskPool.builder().slotsPerWorker(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskPool.builder().workerHeap("much"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskPool.builder().window(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ProcessTable.workers()).isEmpty();
  }

  static long pidWhenOpened(Path directory, int number) throws Exception {
    return Gate.startedThenAwait(
        directory.resolve("started-" + number), directory.resolve("go-" + number));
  }

  private Set<Integer> startedOf(int tasks) {
    Set<Integer> started = new HashSet<>();
    for (int i = 0; i < tasks; i++) {
      if (Files.exists(temp.resolve("started-" + i))) {
        started.add(i);
      }
    }
    return started;
  }

  @Test
  void aPoolOfThreeWithTenTasks() throws Exception {
    TaskPool pool = CLUSTER.pool(3);
    List<TaskHandle<Long>> handles = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      handles.add(pool.applyAsync(LifecycleIT::pidWhenOpened, temp, i));
    }
    await().atMost(LIMIT).until(() -> startedOf(10).equals(Set.of(0, 1, 2)));
    Gate.open(temp.resolve("go-1"));
    await().atMost(LIMIT).until(() -> startedOf(10).equals(Set.of(0, 1, 2, 3)));
    for (int i = 0; i < 10; i++) {
      Gate.open(temp.resolve("go-" + i));
    }
    List<Long> pids = new ArrayList<>();
    for (TaskHandle<Long> handle : handles) {
      pids.add(handle.get(LIMIT));
    }
    assertThat(new HashSet<>(pids.subList(0, 3))).hasSize(3);
    assertThat(pids.get(3)).isEqualTo(pids.get(1));
    assertThat(new HashSet<>(pids)).hasSize(3);
  }

  /** Tries to start a pool when it is too late for that. */
  static final class Late {
    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(Late::startOne));
    }

    private static void startOne() {
      try {
        TaskPool pool = TaskPool.builder().workers(1).workerHeap("256m").start();
        System.out.println("started " + pool);
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @Test
  void aProgramThatIsEndingStartsNoPoolAndLeavesNoFolder() throws Exception {
    Program program = CLUSTER.launch(Late.class);
    assertThat(program.awaitLine(line -> line.startsWith("refused") || line.startsWith("started")))
        .isEqualTo("refused: this program is ending: it can't start a pool any more");
    assertThat(program.exitCode(LIMIT)).isZero();
    for (Path parent :
        List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(Gate.list(parent))
          .noneMatch(path -> path.getFileName().toString().contains("-" + program.pid() + "-"));
    }
  }

  @Test
  void slotsRunTasksOfOneWorkerSideBySide() throws Exception {
    TaskPool pool = CLUSTER.start(builder -> builder.workers(1).slotsPerWorker(3));
    List<TaskHandle<Long>> handles = new ArrayList<>();
    Path meeting = temp;
    for (int i = 0; i < 3; i++) {
      handles.add(pool.applyAsync(Gate::meet, meeting, 3));
    }
    Set<Long> pids = new HashSet<>();
    for (TaskHandle<Long> handle : handles) {
      pids.add(handle.get(LIMIT));
    }
    assertThat(pids).hasSize(1);
    assertThat(pool.apply(() -> TaskContext.current().workerName())).isEqualTo("worker-1");
  }
}
