package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taskpool.TaskHandle;
import taskpool.TaskPool;

/** Many tasks, large ones, and long ones beside short ones. */
class LoadIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path temp;

  static int plusOne(int x) {
    return x + 1;
  }

  static byte[] echo(byte[] bytes) {
    return bytes;
  }

  static int fill(byte[] bytes) {
    return bytes.length;
  }

  static byte[] make(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void memoryStaysFlatOverTwoHundredThousandTasks() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    Queue<TaskHandle<Integer>> open = new ArrayDeque<>();
    long early = 0;
    long workerEarly = 0;
    for (int i = 0; i < 200_000; i++) {
      open.add(pool.applyAsync(LoadIT::plusOne, i));
      if (open.size() == 5_000) {
        int expected = i - 5_000 + 2;
        assertThat(open.remove().get()).isEqualTo(expected);
      }
      if (i == 50_000) {
        early = usedHeap();
        workerEarly = pool.applyAsync(LoadIT::usedHeap).get(LIMIT);
      }
    }
    long late = usedHeap();
    int next = 200_000 - open.size() + 1;
    for (TaskHandle<Integer> handle : open) {
      assertThat(handle.get()).isEqualTo(next++);
    }
    assertThat(late - early).as("growth from %d to %d", early, late).isLessThan(30L << 20);
    long workerLate = pool.applyAsync(LoadIT::usedHeap).get(LIMIT);
    assertThat(workerLate - workerEarly).as("growth of a worker").isLessThan(30L << 20);
  }

  /**
   * Lets large values travel in messages, among others. Memory for 100 MB in several copies is only
   * here.
   */
  static final class Large {
    private static final int HUGE = 100_000_000;

    public static void main(String[] args) throws Exception {
      Path go = Path.of(args[0]);
      try (TaskPool pool =
          TaskPool.builder().workers(2).workerHeap("1g").jvmOptions("-ea").start()) {
        // both workers are there, and connected
        Path meeting = Files.createDirectory(go.resolveSibling("meeting"));
        TaskHandle<Long> other = pool.applyAsync(Gate::meet, meeting, 2);
        pool.apply(Gate::meet, meeting, 2);
        other.get();
        LargeValuesIT.removeOwnFolders();
        for (int size : new int[] {0, 1, 65_536, 1 << 20}) {
          byte[] bytes = make(size);
          check(Arrays.equals(bytes, pool.apply(LoadIT::echo, bytes)), size);
          check(pool.apply(LoadIT::fill, bytes) == size, size);
          check(pool.apply(LoadIT::make, size).length == size, size);
        }
        System.out.println("sizes done");
        byte[] huge = make(HUGE);
        huge[HUGE / 2] = 9;
        TaskHandle<byte[]> handle = pool.applyAsync(LoadIT::echo, huge);
        List<TaskHandle<Integer>> small = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          small.add(pool.applyAsync(LoadIT::plusOne, i));
        }
        for (int i = 0; i < 200; i++) {
          check(small.get(i).get() == i + 1, i);
        }
        System.out.println(handle.ready() ? "the large one was first" : "small ones were first");
        check(Arrays.equals(huge, handle.get()), HUGE);
        System.out.println("argument and result done");

        // a result on its way back leaves room for others, too
        TaskHandle<byte[]> result = pool.applyAsync(LoadIT::makeAfter, go, HUGE);
        Gate.open(go);
        int meanwhile = 0;
        while (!result.ready()) {
          check(pool.apply(LoadIT::plusOne, meanwhile) == ++meanwhile, meanwhile);
        }
        check(result.get().length == HUGE, HUGE);
        System.out.println(meanwhile + " meanwhile");
      }
    }

    private static void check(boolean right, int number) {
      if (!right) {
        throw new AssertionError("wrong: " + number);
      }
    }
  }

  static byte[] makeAfter(Path go, int length) throws Exception {
    Gate.await(go);
    return make(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void argumentsAndResultsOfEverySizeInMessages(String socket) throws Exception {
    Program program =
        CLUSTER.launch(
            new TestCluster.Launch(Large.class).jvmOptions("-Xmx1g", "-Dtaskpool.socket=" + socket),
            temp.resolve("go").toString());
    assertThat(program.exitCode()).as(program.transcript()).isZero();
    assertThat(program.err()).isEmpty();
    assertThat(program.out())
        .startsWith("sizes done", "small ones were first", "argument and result done");
    int meanwhile = Integer.parseInt(program.out().get(3).replace(" meanwhile", ""));
    assertThat(meanwhile).isGreaterThan(20);
  }

  @Test
  void shortTasksDoNotWaitBehindALongOne() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    for (int round = 1; round <= 5; round++) {
      runMany(pool); // now the workers fetch ahead, as far as their share of the machine is steady
      Path started = temp.resolve("started-" + round);
      Path go = temp.resolve("go-" + round);
      TaskHandle<Long> blocked = pool.applyAsync(Gate::startedThenAwait, started, go);
      runMany(pool);
      Gate.await(started);
      runMany(pool);
      assertThat(blocked.ready()).isFalse();
      Gate.open(go);
      blocked.get(LIMIT);
    }
  }

  private static void runMany(TaskPool pool) throws Exception {
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      handles.add(pool.applyAsync(LoadIT::plusOne, i));
    }
    for (int i = 0; i < 2_000; i++) {
      assertThat(handles.get(i).get(LIMIT)).isEqualTo(i + 1);
    }
  }
}
