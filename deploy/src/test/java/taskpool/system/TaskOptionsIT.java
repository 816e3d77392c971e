package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.Call;
import taskpool.RetryPolicy;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;

/** When a task runs, and how often: retries, priorities, delays, and keys for what runs once. */
class TaskOptionsIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int LEVELS = 10;

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(1);
  }

  /** Writes down when it begins, and fails as often as asked. */
  static int failing(Path starts, int times, String exception) throws IOException {
    note(starts, Long.toString(System.nanoTime()));
    int run = Files.readAllLines(starts).size();
    if (run <= times) {
      String message = "run " + run + ", attempt " + TaskContext.current().attempt();
      if (exception.equals("unlisted")) {
        throw new IllegalStateException(message);
      }
      throw new FileNotFoundException(message);
    }
    return run;
  }

  static void note(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static TaskOptions retries(int attempts) {
    return TaskOptions.none()
        .withRetry(
            RetryPolicy.attempts(attempts)
                .withBackoff(SHORT, SHORT.multipliedBy(10))
                .on(IOException.class));
  }

  private List<Long> starts(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(Long::valueOf).toList();
  }

  @Test
  void timesBeyondAllMeasureDoNoHarm() throws Exception {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
    TaskOptions patient = TaskOptions.none().withHardTimeout(ages).withSoftTimeout(ages);
    assertThat(pool.with(patient).applyAsync(() -> 42).get(LIMIT)).isEqualTo(42);
    TaskHandle<Integer> never = pool.with(TaskOptions.none().withDelay(ages)).applyAsync(() -> 43);
    assertThat(pool.applyAsync(() -> 44).get(LIMIT)).isEqualTo(44);
    assertThat(never.cancel(false)).isTrue();
    assertThatThrownBy(() -> TaskPool.builder().cancelGrace(ages))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cancel grace");
    assertThatThrownBy(() -> TaskPool.builder().unresponsiveAfter(ages))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFailureThatIsListedIsTriedAgainAfterAWhile() throws Exception {
    Path file = temp.resolve("starts");
    TaskHandle<Integer> handle =
        pool.with(retries(3)).applyAsync(TaskOptionsIT::failing, file, 2, "listed");
    assertThat(handle.get(LIMIT)).isEqualTo(3);
    List<Long> starts = starts(file);
    // jitter may shorten a pause, and nothing else may
    assertThat(starts.get(1) - starts.get(0)).isGreaterThan(SHORT.toNanos() / 2);
    assertThat(starts.get(2) - starts.get(1)).isGreaterThan(SHORT.toNanos() / 2);
  }

  @Test
  void theLastErrorIsTheAnswerWhenTheAttemptsAreUsedUp() throws Exception {
    Path file = temp.resolve("starts");
    TaskHandle<Integer> handle =
        pool.with(retries(3)).applyAsync(TaskOptionsIT::failing, file, 100, "listed");
    assertThatThrownBy(() -> handle.get(LIMIT))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("run 3, attempt 3");
    assertThat(starts(file)).hasSize(3);
  }

  @Test
  void aFailureThatIsNotListedIsAnAnswer() throws Exception {
    Path file = temp.resolve("starts");
    Call<Integer> call = Call.of(TaskOptionsIT::failing, file, 100, "unlisted");
    assertThatThrownBy(() -> pool.apply(call.with(retries(3))))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run 1, attempt 1");
    assertThat(starts(file)).hasSize(1);
  }

  @Test
  void higherPrioritiesStartFirstAndEqualOnesInOrder() throws Exception {
    TaskPool fresh = CLUSTER.pool(1); // a worker that knows of short tasks would hold some ahead
    Path order = temp.resolve("order");
    Path go = temp.resolve("go");
    TaskHandle<Long> blocking =
        fresh.applyAsync(Gate::startedThenAwait, temp.resolve("started"), go);
    Gate.await(temp.resolve("started"));
    List<Integer> levels = new ArrayList<>();
    for (int i = 0; i < 3 * LEVELS; i++) {
      levels.add(i % LEVELS);
    }
    Collections.shuffle(levels, new Random(7));
    List<TaskHandle<?>> handles = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    int[] counts = new int[LEVELS];
    for (int level : levels) {
      TaskPool view = fresh.with(TaskOptions.none().withPriority(level));
      handles.add(view.applyAsync(TaskOptionsIT::note, order, level + " no. " + counts[level]++));
    }
    for (int level = LEVELS - 1; level >= 0; level--) {
      for (int i = 0; i < 3; i++) {
        expected.add(level + " no. " + i);
      }
    }
    Gate.open(go);
    blocking.get(LIMIT);
    for (TaskHandle<?> handle : handles) {
      handle.get(LIMIT);
    }
    assertThat(Files.readAllLines(order)).isEqualTo(expected);
  }

  static long startNanos() {
    return System.nanoTime();
  }

  @Test
  void aDelayedTaskLetsOthersPass() throws Exception {
    Duration delay = Duration.ofSeconds(1);
    long before = System.nanoTime();
    TaskHandle<Long> delayed =
        pool.with(TaskOptions.none().withDelay(delay)).applyAsync(TaskOptionsIT::startNanos);
    TaskHandle<Long> other = pool.applyAsync(TaskOptionsIT::startNanos);
    long otherStart = other.get(LIMIT);
    long delayedStart = delayed.get(LIMIT);
    assertThat(delayedStart - before).isGreaterThanOrEqualTo(delay.toNanos());
    assertThat(otherStart - delayedStart).isNegative();
  }

  @Test
  void aDelayedTaskMayBeCancelled() throws Exception {
    Path order = temp.resolve("order");
    TaskHandle<?> delayed =
        pool.with(TaskOptions.none().withDelay(SHORT))
            .applyAsync(TaskOptionsIT::note, order, "never");
    assertThat(delayed.cancel(false)).isTrue();
    TaskHandle<?> later =
        pool.with(TaskOptions.none().withDelay(SHORT.multipliedBy(2)))
            .applyAsync(TaskOptionsIT::note, order, "later");
    later.get(LIMIT);
    assertThat(delayed.isCancelled()).isTrue();
    assertThat(order).hasContent("later");
  }

  @Test
  void tasksOfOneKeyRunOnce() throws Exception {
    TaskPool two = CLUSTER.pool(2);
    Path starts = temp.resolve("starts");
    Path go = temp.resolve("go");
    TaskPool keyed = two.with(TaskOptions.none().withIdempotencyKey("key " + temp));
    TaskHandle<Integer> first = keyed.applyAsync(TaskOptionsIT::countBefore, starts, go);
    TaskHandle<Integer> second = keyed.applyAsync(TaskOptionsIT::countBefore, starts, go);
    List<Integer> heard = new CopyOnWriteArrayList<>();
    var unused = second.callback(heard::add);
    two.applyAsync(TaskOptionsIT::startNanos).get(LIMIT); // the second one holds no slot
    Gate.open(go);
    assertThat(first.get(LIMIT)).isEqualTo(1);
    assertThat(second.get(LIMIT)).isEqualTo(1);
    await().atMost(LIMIT).until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly(1);
    assertThat(keyed.apply(TaskOptionsIT::countBefore, starts, go)).as("later").isEqualTo(1);
    TaskOptions another = TaskOptions.none().withIdempotencyKey("another " + temp);
    assertThat(two.with(another).apply(TaskOptionsIT::countBefore, starts, go)).isEqualTo(2);
  }

  static int countBefore(Path starts, Path go) throws Exception {
    note(starts, "started");
    int count = Files.readAllLines(starts).size();
    Gate.await(go);
    return count;
  }
}
