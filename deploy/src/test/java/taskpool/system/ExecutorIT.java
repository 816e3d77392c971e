package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.PoolCompletionService;
import taskpool.PoolExecutor;
import taskpool.RetryPolicy;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;
import taskpool.error.NotSendableException;
import taskpool.function.SendableCallable;
import taskpool.function.SendableRunnable;

/** A pool as an executor service and as a completion service, in two workers of one slot. */
class ExecutorIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long LIMIT_SECONDS = LIMIT.toSeconds();
  private static final long LONG_HOURS = 1000;

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  /** Says where it ran. */
  record Where(String name) implements Callable<String> {
    @Override
    public String call() {
      return name + " in " + TaskContext.current().workerName();
    }
  }

  /** Has no state at all. */
  static final class Answer implements Callable<Integer> {
    @Override
    public Integer call() {
      return 42;
    }
  }

  /** Writes its name down when it runs. */
  record Note(Path file, String name) implements Runnable {
    @Override
    public void run() {
      note(file, name);
    }
  }

  /** Says that it has started, waits for ever, and says whether it was interrupted. */
  record Hang(Path started) implements Runnable, Callable<Integer> {
    Path interrupted() {
      return started.resolveSibling(started.getFileName() + "-interrupted");
    }

    @Override
    public void run() {
      try {
        Gate.startedThenAwait(started, started.resolveSibling("never"));
      } catch (InterruptedException e) {
        note(interrupted(), "interrupted");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Integer call() {
      run();
      return 0;
    }
  }

  static void note(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertTerminates(PoolExecutor executor) throws InterruptedException {
    assertThat(executor.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  static String river() {
    return "river";
  }

  @Test
  void takesLambdasAndObjectsOfNamedClasses() throws Exception {
    Path file = temp.resolve("file");
    try (PoolExecutor executor = pool.executor()) {
      TaskHandle<Integer> plain = executor.submit(() -> 42);
      assertThat(plain.get(LIMIT)).isEqualTo(42);
      assertThat(executor.submit(ExecutorIT::river).get(LIMIT)).isEqualTo("river");
      assertThat(executor.submit(new Where("it")).get(LIMIT)).matches("it in worker-\\d+");
      assertThat(executor.submit(new Answer()).get(LIMIT)).isEqualTo(42);
      SendableCallable<Integer> kept = () -> 43;
      assertThat(executor.submit(kept).get(LIMIT)).isEqualTo(43);
      assertThat(executor.submit(() -> note(file, "void")).get(LIMIT)).isNull();
      assertThat(executor.submit(new Note(file, "named"), "known").get(LIMIT)).isEqualTo("known");
      assertThat(executor.submit(() -> note(file, "lambda"), new Thread("here")).get(LIMIT))
          .isInstanceOf(Thread.class);
      executor.execute(() -> note(file, "executed"));
      executor.execute(new Note(file, "executed, too"));
    }
    assertThat(Files.readAllLines(file))
        .containsExactlyInAnyOrder("void", "named", "lambda", "executed", "executed, too");
  }

  @Test
  void whatATaskThrowsIsTheCause() throws Exception {
    try (PoolExecutor executor = pool.executor()) {
      TaskHandle<Object> failing =
          executor.submit(
              () -> {
                throw new FileNotFoundException("lost");
              });
      assertThatThrownBy(() -> failing.get(LIMIT))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(FileNotFoundException.class)
          .hasMessage("lost");
    }
  }

  @Test
  void refusesWhatIsNullOrCannotBeSent() throws Exception {
    Callable<Integer> plain = () -> 42;
    try (PoolExecutor executor = pool.executor()) {
      assertThatThrownBy(() -> executor.submit(plain))
          .isInstanceOf(NotSendableException.class)
          .hasMessageContaining("SendableCallable");
      assertThatThrownBy(() -> executor.execute(new FutureTask<>(plain)))
          .isInstanceOf(NotSendableException.class)
          .hasMessageContaining("hand over what it would call");
      assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> 42, executor))
          .isInstanceOf(NotSendableException.class);
      assertThatThrownBy(() -> executor.submit((Callable<?>) null))
          .isInstanceOf(NullPointerException.class);
      List<Callable<Integer>> holed = new ArrayList<>(List.of(new Answer()));
      holed.add(null);
      assertThatThrownBy(() -> executor.invokeAll(holed)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> executor.invokeAny(holed)).isInstanceOf(NullPointerException.class);
      executor.shutdown();
      assertThatThrownBy(() -> executor.execute((Runnable) null))
          .isInstanceOf(NullPointerException.class);
      assertTerminates(executor);
    }
  }

  @Test
  void aShutDownExecutorFinishesAndRefusesWhileThePoolGoesOn() throws Exception {
    Path go = temp.resolve("go");
    PoolExecutor executor = pool.executor();
    Future<Long> running =
        executor.submit(
            (SendableCallable<Long> & java.io.Serializable)
                () -> Gate.startedThenAwait(go.resolveSibling("started"), go));
    executor.shutdown();
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.isTerminated()).isFalse();
    assertThat(executor.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThatThrownBy(() -> executor.submit(() -> 1))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("shut down");
    assertThatThrownBy(() -> executor.schedule(() -> 1, 0, TimeUnit.SECONDS))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> executor.scheduleAtFixedRate(() -> {}, 0, 1, TimeUnit.SECONDS))
        .isInstanceOf(RejectedExecutionException.class);
    Gate.open(go);
    assertThat(running.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isPositive();
    assertTerminates(executor);
    assertThat(pool.applyAsync(() -> 2).get(LIMIT)).isEqualTo(2);
    assertThat(pool.executor().submit(() -> 3).get(LIMIT)).isEqualTo(3);
  }

  @Test
  void aPoolThatIsClosedIsARejection() {
    TaskPool other = CLUSTER.pool(1);
    PoolExecutor executor = other.executor();
    other.close();
    assertThatThrownBy(() -> executor.submit(() -> 1))
        .isInstanceOf(RejectedExecutionException.class);
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void shutdownNowGivesWhatNeverRanAndInterruptsTheRest() throws Exception {
    Path go = temp.resolve("go");
    Hang hang = new Hang(temp.resolve("started"));
    PoolExecutor executor = pool.executor();
    TaskHandle<?> running = executor.submit((Runnable) hang);
    Gate.await(hang.started());
    Future<?> busy = pool.applyAsync(Gate::startedThenAwait, temp.resolve("busy"), go);
    Gate.await(temp.resolve("busy"));
    Note queued = new Note(temp.resolve("notes"), "queued");
    Note executed = new Note(temp.resolve("notes"), "executed");
    TaskHandle<?> handle = executor.submit(queued);
    executor.execute(executed);
    Future<?> delayed = executor.schedule(new Where("here"), LONG_HOURS, TimeUnit.HOURS);

    List<Runnable> neverRan = executor.shutdownNow();
    assertThat(neverRan).hasSize(3);
    assertThat(neverRan.get(0)).isSameAs(queued);
    assertThat(neverRan.get(1)).isSameAs(executed);
    assertThat(neverRan.get(2)).hasToString("Uncalled[callable=Where[name=here]]");
    assertTerminates(executor);
    assertThat(List.of(running.isCancelled(), handle.isCancelled(), delayed.isCancelled()))
        .containsOnly(true);
    assertThat(hang.interrupted()).exists();
    assertThat(executor.shutdownNow()).isEmpty();
    Gate.open(go);
    busy.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(pool.applyAsync(() -> 2).get(LIMIT)).isEqualTo(2);
    assertThat(temp.resolve("notes")).doesNotExist();
  }

  static void failOnce(Path started) throws IOException {
    note(started, "started");
    throw new FileNotFoundException("again");
  }

  @Test
  void whatWaitsToRunAgainIsNotWhatNeverRan() throws Exception {
    Path started = temp.resolve("started");
    Duration ages = Duration.ofHours(LONG_HOURS);
    RetryPolicy later = RetryPolicy.attempts(2).withBackoff(ages, ages).on(IOException.class);
    PoolExecutor executor = pool.with(TaskOptions.none().withRetry(later)).executor();
    TaskHandle<?> failed =
        executor.submit(
            () -> {
              failOnce(started);
              return 0;
            });
    Gate.await(started);
    pids(pool); // by now the failed run has been reported
    assertThat(executor.shutdownNow()).isEmpty();
    assertTerminates(executor);
    assertThat(failed.isCancelled()).isTrue();
    assertThat(Files.readAllLines(started)).hasSize(1);
  }

  private static void pids(TaskPool pool) throws Exception {
    assertThat(TestCluster.pids(pool)).hasSize(2);
  }

  @Test
  void closeThatIsInterruptedCancels() throws Exception {
    Hang hang = new Hang(temp.resolve("started"));
    PoolExecutor executor = pool.executor();
    executor.execute((Runnable) hang);
    Gate.await(hang.started());
    Thread.currentThread().interrupt();
    executor.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(hang.interrupted()).exists();
  }

  @Test
  void aTaskOfAWorkerThatDiesRunsAgain() throws Exception {
    Path file = temp.resolve("attempts");
    try (PoolExecutor executor = pool.executor()) {
      assertThat(
              executor
                  .submit(
                      () -> {
                        note(file, "attempt");
                        if (TaskContext.current().attempt() == 1) {
                          Runtime.getRuntime().halt(3);
                        }
                        return TaskContext.current().attempt();
                      })
                  .get(LIMIT))
          .isEqualTo(2);
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void invokeAllGivesEachItsFutureInOrder() throws Exception {
    PoolExecutor executor = pool.executor();
    List<Future<Integer>> futures =
        executor.invokeAll(
            List.<SendableCallable<Integer>>of(
                () -> 1,
                () -> {
                  throw new IOException("two");
                },
                () -> 3));
    assertThat(futures).hasSize(3).allMatch(Future::isDone);
    assertThat(futures.get(0).get()).isEqualTo(1);
    assertThatThrownBy(() -> futures.get(1).get()).hasCauseInstanceOf(IOException.class);
    assertThat(futures.get(2).get()).isEqualTo(3);
    assertThat(executor.invokeAll(List.<Callable<Integer>>of())).isEmpty();
  }

  @Test
  void invokeAllCancelsWhatIsLate() throws Exception {
    Hang hang = new Hang(temp.resolve("started"));
    PoolExecutor executor = pool.executor();
    List<Future<Integer>> futures = executor.invokeAll(List.of(hang), 1, TimeUnit.SECONDS);
    assertThat(futures).hasSize(1).allMatch(Future::isDone);
    assertThat(futures.get(0).isCancelled()).isTrue();
    assertThatThrownBy(() -> futures.get(0).get()).isInstanceOf(CancellationException.class);
    executor.close();
    assertThat(Files.exists(hang.interrupted())).isEqualTo(Files.exists(hang.started()));
  }

  @Test
  void invokeAnyGivesOneAndInterruptsTheOthers() throws Exception {
    Hang hang = new Hang(temp.resolve("started"));
    PoolExecutor executor = pool.executor();
    Callable<Integer> afterHang =
        (Callable<Integer> & java.io.Serializable)
            () -> {
              Gate.await(hang.started());
              return 7;
            };
    assertThat(executor.<Integer>invokeAny(List.of(hang, afterHang))).isEqualTo(7);
    executor.close();
    assertThat(hang.interrupted()).exists();
  }

  @Test
  void invokeAnyFailsWhenAllDoOrTimeIsOver() throws Exception {
    PoolExecutor executor = pool.executor();
    SendableCallable<Integer> failing =
        () -> {
          throw new IOException("each");
        };
    assertThatThrownBy(() -> executor.invokeAny(List.of(failing, failing)))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> executor.invokeAny(List.<Callable<Integer>>of()))
        .isInstanceOf(IllegalArgumentException.class);
    Hang hang = new Hang(temp.resolve("started"));
    assertThatThrownBy(() -> executor.<Integer>invokeAny(List.of(hang), 1, TimeUnit.SECONDS))
        .isInstanceOf(TimeoutException.class);
    executor.close();
  }

  @Test
  void anInterruptedWaitThrowsAtOnceAndCancels() throws Exception {
    PoolExecutor executor = pool.executor();
    Hang hang = new Hang(temp.resolve("started"));
    Thread waiter = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              try {
                Gate.await(hang.started());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              } finally {
                waiter.interrupt();
              }
            });
    interrupter.start();
    assertThatThrownBy(() -> executor.<Integer>invokeAll(List.of(hang)))
        .isInstanceOf(InterruptedException.class);
    interrupter.join();
    executor.close();
    assertThat(hang.interrupted()).exists();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> executor.awaitTermination(1, TimeUnit.DAYS))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void completionServiceGivesTasksInTheOrderOfTheirEnds() throws Exception {
    Path go = temp.resolve("go");
    PoolCompletionService<String> service = pool.completionService();
    assertThat((Object) service.poll()).isNull();
    assertThat((Object) service.poll(1, TimeUnit.MILLISECONDS)).isNull();
    TaskHandle<String> slow =
        service.submit(
            () -> {
              Gate.await(go);
              return "slow";
            });
    TaskHandle<String> quick = service.submit(() -> note(go.resolveSibling("note"), "x"), "quick");
    assertThat((Object) service.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isSameAs(quick);
    TaskHandle<String> failing =
        service.submit(
            () -> {
              throw new IOException("failing");
            });
    assertThat((Object) service.take()).isSameAs(failing);
    assertThat((Object) service.poll()).isNull();
    Gate.open(go);
    assertThat((Object) service.take()).isSameAs(slow);
    assertThat(List.of(slow.get(LIMIT), quick.get(LIMIT))).containsExactly("slow", "quick");
    TaskHandle<String> cancelled = service.submit(new Where("x"));
    cancelled.cancel(true);
    assertThat((Object) service.take()).isSameAs(cancelled);
  }

  @Test
  void aDelayedTaskRunsLaterAndAfterAShutdown() throws Exception {
    PoolExecutor executor = pool.executor();
    long before = System.nanoTime();
    var delayed = executor.schedule(() -> System.nanoTime(), 300, TimeUnit.MILLISECONDS);
    var never = executor.schedule((Runnable) new Hang(temp), LONG_HOURS, TimeUnit.HOURS);
    assertThat(never.getDelay(TimeUnit.HOURS)).isEqualTo(LONG_HOURS - 1);
    assertThat(delayed.compareTo(never)).isNegative();
    executor.shutdown();
    assertThat(delayed.get(LIMIT_SECONDS, TimeUnit.SECONDS) - before)
        .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
    assertThat(never.cancel(false)).isTrue();
    assertThatThrownBy(never::get).isInstanceOf(CancellationException.class);
    assertTerminates(executor);
  }

  /** Notes begin and end, and fails in its n-th run. */
  record Step(Path file, int runs) implements Runnable {
    @Override
    public void run() {
      note(file, "begin " + System.nanoTime());
      note(file, "end " + System.nanoTime());
      try {
        if (Files.readAllLines(file).size() == 2 * runs) {
          throw new IllegalStateException("run " + runs);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<Long> times(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(s -> Long.valueOf(s.split(" ", 2)[1])).toList();
  }

  @Test
  void aSeriesKeepsItsRateUntilARunFails() throws Exception {
    Path file = temp.resolve("steps");
    PoolExecutor executor = pool.executor();
    long before = System.nanoTime();
    Future<?> series =
        executor.scheduleAtFixedRate(new Step(file, 4), 20, 50, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() -> series.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run 4");
    assertThat(series.isDone()).isTrue();
    executor.close();
    List<Long> times = times(file);
    assertThat(times).hasSize(8).isSorted();
    for (int run = 0; run < 4; run++) {
      assertThat(times.get(2 * run) - before)
          .isGreaterThanOrEqualTo(Duration.ofMillis(20 + 50 * run).toNanos());
    }
  }

  @Test
  void aSeriesWithPausesKeepsThemAndEndsWhenCancelled() throws Exception {
    Path file = temp.resolve("steps");
    PoolExecutor executor = pool.executor();
    Future<?> series =
        executor.scheduleWithFixedDelay(new Step(file, 3), 0, 30, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() -> series.get(LIMIT_SECONDS, TimeUnit.SECONDS)).hasMessageContaining("3");
    List<Long> times = times(file);
    for (int run = 1; run < 3; run++) {
      assertThat(times.get(2 * run) - times.get(2 * run - 1))
          .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
    }
    Path go = temp.resolve("go");
    Path started = temp.resolve("started");
    SendableRunnable waiting =
        () -> {
          try {
            note(started, "started");
            Gate.await(go);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Future<?> cancelled = executor.scheduleWithFixedDelay(waiting, 0, 1, TimeUnit.NANOSECONDS);
    Gate.await(started);
    assertThat(cancelled.cancel(false)).isTrue();
    assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
    Gate.open(go); // the run that had begun goes on to its end
    executor.close();
    assertThat(Files.readAllLines(started)).hasSize(1);
  }

  @Test
  void shutdownEndsSeriesAndShutdownNowGivesTheirRun() throws Exception {
    PoolExecutor executor = pool.executor();
    Note note = new Note(temp.resolve("never"), "never");
    Future<?> series = executor.scheduleAtFixedRate(note, LONG_HOURS, 1, TimeUnit.HOURS);
    executor.shutdown();
    assertThat(series.isCancelled()).isTrue();
    assertTerminates(executor);
    PoolExecutor other = pool.executor();
    Future<?> pending = other.scheduleWithFixedDelay(note, LONG_HOURS, 1, TimeUnit.HOURS);
    assertThat(other.shutdownNow()).containsExactly(note);
    assertThat(pending.isCancelled()).isTrue();
    assertTerminates(other);
    assertThatThrownBy(() -> pool.executor().scheduleAtFixedRate(note, 0, 0, TimeUnit.DAYS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static int sumWithin(int most) throws Exception {
    TaskPool own = TaskContext.current().pool();
    try (PoolExecutor executor = own.executor()) {
      List<SendableCallable<Integer>> calls = new ArrayList<>();
      PoolCompletionService<Integer> service = own.completionService();
      for (int i = 1; i <= most; i++) {
        int number = i;
        calls.add(() -> number);
        service.submit(() -> -number);
      }
      int sum = 0;
      for (Future<Integer> future : executor.invokeAll(calls)) {
        sum += future.get();
      }
      sum += executor.invokeAny(calls) > 0 ? 1 : 0;
      for (int i = 1; i <= most; i++) {
        sum += service.take().get();
      }
      return sum + executor.schedule(() -> 10, 1, TimeUnit.MILLISECONDS).get();
    }
  }

  @Test
  void worksWithinATaskThatHoldsTheOnlySlot() throws Exception {
    TaskPool one = CLUSTER.pool(1);
    assertThat(one.applyAsync(ExecutorIT::sumWithin, 20).get(LIMIT)).isEqualTo(11);
    assertThat(
            one.<TaskPool, Integer>applyAsync(lent -> lent.executor().submit(() -> 5).get(), one)
                .get(LIMIT))
        .isEqualTo(5);
  }

  /** Equal to another one with the same words, which may change. */
  record Words(List<String> words) implements Callable<Integer> {
    @Override
    public Integer call() {
      return words.size();
    }
  }

  @Test
  void whatWasSubmittedMayBeChangedLater() throws Exception {
    PoolExecutor executor = pool.executor();
    Words words = new Words(new ArrayList<>(List.of("a")));
    Future<Integer> size = executor.submit(words);
    words.words().add("b");
    assertThat(size.get()).isEqualTo(1);
    executor.shutdown();
    assertTerminates(executor);
  }
}
