package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.ResultIterator;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterEvent;

/** A pool of one worker with one slot, whose tasks wait for one another. */
class SlotLendingIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(1);
  }

  static int sum(int from, int to) throws Exception {
    if (to - from == 1) {
      return from;
    }
    TaskPool own = TaskContext.current().pool();
    int middle = (from + to) / 2;
    TaskHandle<Integer> low = own.applyAsync(SlotLendingIT::sum, from, middle);
    TaskHandle<Integer> high = own.applyAsync(SlotLendingIT::sum, middle, to);
    return low.get() + high.get(LIMIT);
  }

  @Test
  void tasksWaitForTheirOwnSubTasks() throws Exception {
    assertThat(pool.applyAsync(SlotLendingIT::sum, 0, 40).get(LIMIT)).isEqualTo(780);
  }

  static int square(int x) {
    return x * x;
  }

  static int mapWithin(int most) throws Exception {
    TaskPool own = TaskContext.current().pool();
    List<Integer> input = IntStream.range(0, most).boxed().toList();
    int sum = own.map(SlotLendingIT::square, input).stream().mapToInt(x -> x).sum();
    try (ResultIterator<Integer> lazily = own.imap(SlotLendingIT::square, input)) {
      for (int x : lazily) {
        sum -= x;
      }
    }
    return sum;
  }

  @Test
  void tasksMapOverTheirOwnPool() throws Exception {
    assertThat(pool.applyAsync(SlotLendingIT::mapWithin, 100).get(LIMIT)).isZero();
  }

  static boolean await(ClusterEvent event) throws InterruptedException {
    return event.await(LIMIT);
  }

  @Test
  void oneThatWaitsForASignalKeepsNobodyFromGivingIt() throws Exception {
    ClusterEvent event = pool.event("signal");
    List<TaskHandle<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(pool.applyAsync(SlotLendingIT::await, event));
    }
    pool.applyAsync(ClusterEvent::set, event).get(LIMIT);
    for (TaskHandle<Boolean> one : waiting) {
      assertThat(one.get(LIMIT)).isTrue();
    }
  }

  static int meet(ClusterBarrier barrier) throws Exception {
    return barrier.await(LIMIT);
  }

  @Test
  void allPartiesOfABarrierFitIntoOneSlot() throws Exception {
    ClusterBarrier barrier = pool.barrier("ten", 10);
    List<TaskHandle<Integer>> parties = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      parties.add(pool.applyAsync(SlotLendingIT::meet, barrier));
    }
    List<Integer> indices = new ArrayList<>();
    for (TaskHandle<Integer> party : parties) {
      indices.add(party.get(LIMIT));
    }
    assertThat(indices)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
  }

  private static final AtomicInteger RUNNING = new AtomicInteger();

  static int mostAtOnce(ClusterEvent event, Path directory) throws Exception {
    if (!event.await(LIMIT)) {
      throw new IllegalStateException("no signal");
    }
    int most = RUNNING.incrementAndGet();
    Gate.await(directory); // is there: a moment's work
    for (int i = 0; i < 1_000; i++) {
      most = Math.max(most, RUNNING.get());
    }
    RUNNING.decrementAndGet();
    return most;
  }

  @Test
  void whoComesBackWaitsForASlot() throws Exception {
    ClusterEvent event = pool.event("together");
    List<TaskHandle<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(pool.applyAsync(SlotLendingIT::mostAtOnce, event, temp));
    }
    pool.apply(() -> 1);
    event.set();
    for (TaskHandle<Integer> one : all) {
      assertThat(one.get(LIMIT)).isEqualTo(1);
    }
  }

  static void waitForEver(ClusterEvent never, Path started) throws Exception {
    Gate.open(started);
    never.await();
  }

  @Test
  void oneThatHasLentItsSlotCanBeCancelled() throws Exception {
    ClusterEvent never = pool.event("never");
    Path started = temp.resolve("started");
    TaskHandle<?> waiting = pool.applyAsync(SlotLendingIT::waitForEver, never, started);
    Gate.await(started);
    assertThat(pool.apply(SlotLendingIT::square, 5)).isEqualTo(25);
    assertThat(waiting.cancel(true)).isTrue();
    assertThatThrownBy(() -> waiting.get(LIMIT)).isInstanceOf(CancellationException.class);
    assertThat(pool.apply(SlotLendingIT::square, 6)).isEqualTo(36);
  }

  @Test
  void aWorkerForOneTaskRunsThatTasksSubTasks() throws Exception {
    try (TaskPool brief = CLUSTER.start(builder -> builder.workers(1).tasksPerWorker(1))) {
      assertThat(brief.applyAsync(SlotLendingIT::sum, 0, 6).get(LIMIT)).isEqualTo(15);
      long first = brief.apply(() -> ProcessHandle.current().pid());
      assertThat(brief.<Long>apply(() -> ProcessHandle.current().pid())).isNotEqualTo(first);
    }
  }

  @Test
  void thousandsOfSubTasksAreNoMoreThreads() throws Exception {
    int threads = pool.applyAsync(SlotLendingIT::threadsAfterWaiting, 2_000).get(LIMIT);
    assertThat(threads).isLessThan(10);
    assertThat(Files.exists(temp)).isTrue();
  }

  static int threadsAfterWaiting(int tasks) throws Exception {
    TaskPool own = TaskContext.current().pool();
    List<TaskHandle<Integer>> all = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      all.add(own.applyAsync(SlotLendingIT::square, i));
    }
    for (TaskHandle<Integer> one : all) {
      one.get();
    }
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("slot-"))
            .count();
  }
}
