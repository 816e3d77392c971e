package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;
import taskpool.error.TaskTimeoutException;

/** Tasks that take too long, by a limit or because somebody has had enough of them. */
class LimitsIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final TaskOptions SOFT = TaskOptions.none().withSoftTimeout(SHORT);
  private static final TaskOptions HARD = TaskOptions.none().withHardTimeout(SHORT);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.start(builder -> builder.workers(2).cancelGrace(SHORT));
  }

  /** Ends when it is interrupted; leaves a file then. */
  static void patient(Path interrupted) throws Exception {
    try {
      Gate.await(interrupted.resolveSibling("never"));
    } catch (InterruptedException e) {
      Gate.open(interrupted);
      throw e;
    }
  }

  /** Does not end at all; leaves a file for each attempt, with its pid. */
  static void stubborn(Path attempts) throws Exception {
    TaskContext task = TaskContext.current();
    Path written = Files.writeString(attempts.resolve("pid"), Long.toString(task.pid()));
    Files.move(written, attempts.resolve("attempt-" + task.attempt()));
    while (true) {
      LockSupport.park();
    }
  }

  static int attemptAfter(Path go) throws Exception {
    Gate.startedThenAwait(go.resolveSibling("neighbour"), go);
    return TaskContext.current().attempt();
  }

  /** Takes for ever to be read, and to be written. */
  public record Slow(String where) {
    @JsonCreator
    public static Slow read(@JsonProperty("where") String where) throws InterruptedException {
      await(where, "reading");
      return new Slow(where);
    }

    @JsonProperty
    @Override
    public String where() {
      try {
        await(where, "writing");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return where;
    }

    private static void await(String where, String here) throws InterruptedException {
      if (where.equals(here) && TaskContext.find().isPresent()) {
        new CountDownLatch(1).await();
      }
    }
  }

  static int read(Slow unused) {
    return 1;
  }

  static Slow write(String where) {
    return new Slow(where);
  }

  static int plusOne(int x) {
    return x + 1;
  }

  private Path attempts() throws Exception {
    return Files.createDirectory(temp.resolve("attempts"));
  }

  /** The process that runs {@link #stubborn}. */
  private static ProcessHandle culprit(Path attempts) throws Exception {
    Path first = attempts.resolve("attempt-1");
    Gate.await(first);
    return ProcessHandle.of(Long.parseLong(Files.readString(first))).orElseThrow();
  }

  private static void assertTimedOut(ThrowingCallable get, String limit) {
    assertThatThrownBy(get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining(limit)
        .hasMessageContaining("PT0.5S");
  }

  @Test
  void theSoftLimitInterrupts() throws Exception {
    Set<Long> before = TestCluster.pids(pool);
    Path interrupted = temp.resolve("interrupted");
    TaskHandle<?> handle = pool.with(SOFT).applyAsync(LimitsIT::patient, interrupted);
    assertTimedOut(() -> handle.get(LIMIT), "soft");
    assertThat(interrupted).exists();
    assertThat(handle.isCancelled()).isFalse();
    assertThat(TestCluster.pids(pool)).isEqualTo(before);
  }

  @Test
  void theSoftLimitIsForReadingArgumentsAndWritingResultsToo() throws Exception {
    TaskHandle<?> reading = pool.with(SOFT).applyAsync(LimitsIT::read, new Slow("reading"));
    TaskHandle<?> writing = pool.with(SOFT).applyAsync(LimitsIT::write, "writing");
    assertTimedOut(() -> reading.get(LIMIT), "soft");
    assertTimedOut(() -> writing.get(LIMIT), "soft");
  }

  @Test
  void theHardLimitKillsAndHarmsNoNeighbour() throws Exception {
    Path go = temp.resolve("go");
    TaskHandle<Integer> neighbour = pool.applyAsync(LimitsIT::attemptAfter, go);
    Gate.await(temp.resolve("neighbour"));
    Path attempts = attempts();
    TaskHandle<?> handle = pool.with(HARD).applyAsync(LimitsIT::stubborn, attempts);
    ProcessHandle culprit = culprit(attempts);
    assertTimedOut(() -> handle.get(LIMIT), "hard");
    TestCluster.awaitGone(List.of(culprit), LIMIT);
    assertThat(neighbour.ready()).isFalse();
    Gate.open(go);
    assertThat(neighbour.get(LIMIT)).isEqualTo(1);
    assertThat(TestCluster.pids(pool)).hasSize(2).doesNotContain(culprit.pid());
    assertThat(Gate.list(attempts)).as("it runs once only").hasSize(1);
  }

  @Test
  void theHardLimitIsForWhomTheSoftOneDoesNotMove() throws Exception {
    TaskOptions both =
        SOFT.withHardTimeout(Duration.ofMillis(500)).withSoftTimeout(SHORT.dividedBy(2));
    Path attempts = attempts();
    TaskHandle<?> handle = pool.with(both).applyAsync(LimitsIT::stubborn, attempts);
    assertTimedOut(() -> handle.get(LIMIT), "hard");
    assertThat(TestCluster.pids(pool)).hasSize(2);
  }

  @Test
  void aNeighbourInTheSameProcessRunsAgain() throws Exception {
    TaskPool shared =
        CLUSTER.start(builder -> builder.workers(1).slotsPerWorker(2).cancelGrace(SHORT));
    Path go = temp.resolve("go");
    TaskHandle<Integer> neighbour = shared.applyAsync(LimitsIT::attemptAfter, go);
    Gate.await(temp.resolve("neighbour"));
    TaskHandle<?> handle = shared.with(HARD).applyAsync(LimitsIT::stubborn, attempts());
    assertTimedOut(() -> handle.get(LIMIT), "hard");
    Gate.open(go);
    assertThat(neighbour.get(LIMIT)).isEqualTo(2);
  }

  @Test
  void waitingForASlotDoesNotCount() throws Exception {
    TaskPool single = CLUSTER.pool(1);
    Path go = temp.resolve("go");
    TaskHandle<Integer> first = single.applyAsync(LimitsIT::attemptAfter, go);
    TaskHandle<Integer> waiting =
        single.with(SOFT.withHardTimeout(SHORT.multipliedBy(2))).applyAsync(LimitsIT::plusOne, 1);
    assertThat(waiting.await(SHORT.multipliedBy(3))).isFalse();
    Gate.open(go);
    assertThat(first.get(LIMIT)).isEqualTo(1);
    assertThat(waiting.get(LIMIT)).isEqualTo(2);
  }

  @Test
  void theLimitsOfThePoolAreForAllOfItsTasks() throws Exception {
    TaskPool limited = CLUSTER.start(builder -> builder.workers(1).taskOptions(SOFT));
    TaskHandle<?> handle = limited.applyAsync(LimitsIT::patient, temp.resolve("interrupted"));
    assertTimedOut(() -> handle.get(LIMIT), "soft");
    assertThat(limited.apply(LimitsIT::plusOne, 1)).isEqualTo(2);
  }

  @Test
  void whoIgnoresACancellationIsKilled() throws Exception {
    Path attempts = attempts();
    TaskHandle<?> handle = pool.applyAsync(LimitsIT::stubborn, attempts);
    ProcessHandle culprit = culprit(attempts);
    assertThat(handle.cancel(true)).isTrue();
    assertThatThrownBy(() -> handle.get(LIMIT)).isInstanceOf(CancellationException.class);
    assertThat(ProcessTable.isRunning(culprit))
        .as("cancelled means that it runs no more")
        .isFalse();
    assertThat(handle.isCancelled()).isTrue();
    assertThat(TestCluster.pids(pool)).hasSize(2).doesNotContain(culprit.pid());
    assertThat(Gate.list(attempts)).as("it runs once only").hasSize(1);
  }

  @Test
  void aQueuedTaskThatIsCancelledNeverRuns() throws Exception {
    TaskPool single = CLUSTER.pool(1);
    Path go = temp.resolve("go");
    TaskHandle<Integer> first = single.applyAsync(LimitsIT::attemptAfter, go);
    TaskHandle<?> queued = single.applyAsync(LimitsIT::stubborn, attempts());
    Gate.await(temp.resolve("neighbour"));
    assertThat(queued.cancel(false)).isTrue();
    await().atMost(LIMIT).until(queued::isCancelled);
    Gate.open(go);
    assertThat(first.get(LIMIT)).isEqualTo(1);
    assertThat(single.apply(LimitsIT::plusOne, 1)).isEqualTo(2);
    assertThat(Gate.list(temp.resolve("attempts"))).isEmpty();
  }
}
