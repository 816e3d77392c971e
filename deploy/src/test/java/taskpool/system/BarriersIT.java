package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.sync.ClusterBarrier;

/** Barriers between the program, tasks and single processes, and who breaks them. */
class BarriersIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(50);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(3);
  }

  static int meet(ClusterBarrier barrier) throws Exception {
    return barrier.await(LIMIT);
  }

  @Test
  void aBarrierLetsAllGoAtOnce() throws Exception {
    ClusterBarrier barrier = pool.barrier("three", 3);
    assertThat(barrier.getParties()).isEqualTo(3);
    for (int round = 0; round < 3; round++) {
      List<TaskHandle<Integer>> others = new ArrayList<>();
      others.add(pool.applyAsync(BarriersIT::meet, barrier));
      others.add(pool.applyAsync(BarriersIT::meet, barrier));
      Set<Integer> indices = new HashSet<>(Set.of(barrier.await()));
      for (TaskHandle<Integer> other : others) {
        indices.add(other.get(LIMIT));
      }
      assertThat(indices).containsExactlyInAnyOrder(0, 1, 2);
    }
    assertThat(barrier.isBroken()).isFalse();
    assertThat(barrier.getNumberWaiting()).isZero();
  }

  static void meetAfterMark(ClusterBarrier barrier, Path mark) throws Exception {
    Files.writeString(mark, Long.toString(ProcessHandle.current().pid()));
    barrier.await();
  }

  @Test
  void aBarrierBreaksWhenAPartyIsKilledOrGivesUp() throws Exception {
    Path mark = temp.resolve("party");
    ClusterBarrier barrier = pool.barrier("mortal", 3);
    TaskHandle<?> party = pool.applyAsync(BarriersIT::meetAfterMark, barrier, mark);
    TaskHandle<Integer> other = pool.applyAsync(BarriersIT::meet, barrier);
    await().atMost(LIMIT).until(() -> barrier.getNumberWaiting() == 2);
    long pid = Long.parseLong(Files.readString(mark));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    assertThatThrownBy(() -> other.get(LIMIT))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining("died");
    assertThatThrownBy(() -> party.get(LIMIT)) // runs again, and finds it broken
        .hasCauseInstanceOf(BrokenBarrierException.class);
    assertThat(barrier.isBroken()).isTrue();
    assertThatThrownBy(() -> barrier.await(LIMIT)).isInstanceOf(BrokenBarrierException.class);
    barrier.reset();
    assertThatThrownBy(() -> barrier.await(MOMENT)).isInstanceOf(TimeoutException.class);
    assertThat(barrier.isBroken()).isTrue();
  }

  static void append(Path file) throws IOException {
    Files.writeString(file, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  static int meetAndLook(ClusterBarrier barrier, Path file) throws Exception {
    int unused = barrier.await();
    return Files.readString(file).length();
  }

  @Test
  void aBarriersActionRunsOnceARoundBeforeAnyGoesOn() throws Exception {
    Path file = temp.resolve("rounds");
    ClusterBarrier barrier = pool.barrier("with action", 3, () -> append(file));
    for (int round = 1; round <= 3; round++) {
      TaskHandle<Integer> one = pool.applyAsync(BarriersIT::meetAndLook, barrier, file);
      TaskHandle<Integer> two = pool.applyAsync(BarriersIT::meetAndLook, barrier, file);
      assertThat(meetAndLook(barrier, file)).isEqualTo(round);
      assertThat(one.get(LIMIT)).isEqualTo(round);
      assertThat(two.get(LIMIT)).isEqualTo(round);
    }
  }

  @Test
  void aBarrierBreaksWhenItsActionFails() throws Exception {
    ClusterBarrier barrier =
        pool.barrier(
            "bad action",
            2,
            () -> {
              throw new IOException("no disk");
            });
    TaskHandle<Integer> other = pool.applyAsync(BarriersIT::meetAndLook, barrier, temp);
    await().atMost(LIMIT).until(() -> barrier.getNumberWaiting() == 1);
    assertThatThrownBy(() -> barrier.await(LIMIT))
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining("no disk")
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> other.get(LIMIT))
        .cause()
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining("its action failed: java.io.IOException: no disk");
    assertThat(barrier.isBroken()).isTrue();
  }

  static void comeLate(ClusterBarrier barrier, Path mark) throws Exception {
    Gate.open(mark);
    Gate.await(mark.resolveSibling("never"));
    int unused = barrier.await();
  }

  static void comeOnce(ClusterBarrier barrier, Path mark) throws Exception {
    int unused = barrier.await();
    Gate.open(mark);
    Gate.await(mark.resolveSibling("never"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 50, 200})
  void aBarrierBreaksWhenAProcessIsKilledBeforeItKnowsOfIt(int millis) throws Exception {
    ClusterBarrier barrier = pool.barrier("early " + millis, 2);
    JvmProcess process = JvmProcess.of(BarriersIT::meet, barrier);
    process.start();
    assertThat(process.join(Duration.ofMillis(millis))).isFalse();
    process.kill();
    assertThatThrownBy(() -> barrier.await(LIMIT))
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining(process.name() + " (pid " + process.pid() + ") died");
  }

  @Test
  void aBarrierBreaksWhenAProcessEndsOrCannotStart() throws Exception {
    ClusterBarrier barrier = pool.barrier("never", 2);
    JvmProcess process = JvmProcess.of(BarriersIT::ignore, Map.of("unused", barrier));
    process.start();
    assertThatThrownBy(() -> barrier.await(LIMIT))
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining(process.name())
        .hasMessageContaining("ended before it came");
    barrier.reset();
    JvmProcess stillborn =
        JvmProcess.builder().directory(temp.resolve("nowhere")).of(BarriersIT::meet, barrier);
    assertThatThrownBy(stillborn::start).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> barrier.await(LIMIT)).isInstanceOf(BrokenBarrierException.class);
  }

  static void ignore(Map<String, ClusterBarrier> barriers) {}

  @Test
  void aBarrierBreaksWhenAProcessIsKilledBetweenTwoRounds() throws Exception {
    ClusterBarrier barrier = pool.barrier("rounds", 2);
    Path mark = temp.resolve("rounds");
    JvmProcess process = JvmProcess.of(BarriersIT::comeOnce, barrier, mark);
    process.start();
    int unused = barrier.await();
    Gate.await(mark);
    process.kill();
    assertThatThrownBy(() -> barrier.await(LIMIT))
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining(process.name())
        .hasMessageContaining("died");
  }

  @Test
  void aBarrierBreaksWhenAProcessIsKilledBeforeItComes() throws Exception {
    ClusterBarrier barrier = pool.barrier("late", 3);
    Path mark = temp.resolve("late");
    JvmProcess process = JvmProcess.of(BarriersIT::comeLate, barrier, mark);
    process.start();
    TaskHandle<Integer> task = pool.applyAsync(BarriersIT::meetAndLook, barrier, mark);
    Gate.await(mark);
    process.kill();
    assertThatThrownBy(() -> barrier.await(LIMIT))
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining(process.name())
        .hasMessageContaining("died");
    assertThatThrownBy(() -> task.get(LIMIT)).cause().isInstanceOf(BrokenBarrierException.class);
    assertThat(process.join(LIMIT)).isTrue();
  }

  static void startAParty(TaskPool pool, Path mark) throws Exception {
    JvmProcess party =
        JvmProcess.builder()
            .name("grandchild")
            .of(BarriersIT::comeLate, pool.barrier("nested", 2), mark);
    party.start();
    party.join();
  }

  @Test
  void aBarrierBreaksWhenAPartyDiesWithWhoStartedIt() throws Exception {
    Path mark = temp.resolve("nested");
    JvmProcess parent = JvmProcess.of(BarriersIT::startAParty, pool, mark);
    parent.start();
    Gate.await(mark);
    parent.kill();
    assertThatThrownBy(() -> pool.barrier("nested", 2).await(LIMIT))
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessageContaining("grandchild");
  }

  static void startAPartyAndEnd(TaskPool pool) {
    JvmProcess.of(BarriersIT::meet, pool.barrier("left", 2)).start();
  }

  @Test
  void aBarrierStaysWholeWhenAPartyHasEndedAndWhoStartedItTheMomentAfter() throws Exception {
    ClusterBarrier barrier = pool.barrier("left", 2);
    JvmProcess parent = JvmProcess.of(BarriersIT::startAPartyAndEnd, pool);
    parent.start();
    int unused = barrier.await(LIMIT);
    assertThat(parent.join(LIMIT)).isTrue();
    assertThat(parent.exitCode()).hasValue(0);
    await().during(MOMENT.multipliedBy(10)).until(() -> !barrier.isBroken());
  }
}
