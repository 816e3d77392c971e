package taskpool.client.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An executor over a pool whose tasks end when the test says so. */
class SessionExecutorTest {
  private final FakePool pool = new FakePool();
  private final SessionExecutor executor = new SessionExecutor(pool, Runnable::run);

  /** What is never really run. */
  record Work(String name) implements Runnable, Callable<String> {
    @Override
    public void run() {}

    @Override
    public String call() {
      return name;
    }
  }

  private static final Runnable WORK = new Work("work");

  @Test
  void isNotTerminatedWhileATaskIsBeingSubmitted() {
    pool.whileSubmitting =
        () -> {
          executor.shutdown();
          assertThat(executor.isTerminated()).isFalse();
        };
    executor.execute(WORK);
    assertThat(executor.isTerminated()).isFalse();
    pool.last().complete(null);
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void whatIsBeingSubmittedWhileAllIsCancelledIsRefused() {
    pool.whileSubmitting = () -> assertThat(executor.shutdownNow()).isEmpty();
    assertThatThrownBy(() -> executor.execute(WORK)).isInstanceOf(RejectedExecutionException.class);
    assertThat(pool.last().isCancelled()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void aFailedSubmissionLeavesNothingOpen() {
    pool.whileSubmitting =
        () -> {
          throw new CancellationException("interrupted");
        };
    assertThatThrownBy(() -> executor.execute(WORK))
        .isInstanceOf(RejectedExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
    executor.shutdown();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void shutdownNowInterruptsWhatHasBegunOnly() {
    executor.execute(WORK);
    pool.last().begun = true;
    Work second = new Work("second");
    var unused = executor.submit((Runnable) second);
    assertThat(executor.shutdownNow()).containsExactly(second);
    assertThat(pool.tasks.get(0).askedToCancel).isTrue();
    assertThat(executor.isTerminated()).isFalse();
    pool.tasks.get(0).complete(null);
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void aRateCatchesUpAndAPauseDoesNot() {
    var unused = executor.scheduleAtFixedRate(WORK, 0, 1, TimeUnit.NANOSECONDS);
    pool.last().complete(null);
    assertThat(pool.delays).containsExactly(Duration.ZERO, Duration.ZERO);
    var slow = executor.scheduleAtFixedRate(WORK, 1, 1, TimeUnit.DAYS);
    pool.last().complete(null);
    assertThat(pool.delays.get(3)).isBetween(Duration.ofHours(47), Duration.ofHours(48));
    assertThat(slow.getDelay(TimeUnit.HOURS)).isEqualTo(47);
    unused = executor.scheduleWithFixedDelay(WORK, 1, 1, TimeUnit.DAYS);
    pool.last().complete(null);
    assertThat(pool.delays.get(5)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
  }

  @Test
  void aSeriesIsOneRunAtATimeUntilItIsCancelled() throws Exception {
    ScheduledFuture<?> series = executor.scheduleAtFixedRate(WORK, 0, 1, TimeUnit.NANOSECONDS);
    for (int run = 1; run <= 3; run++) {
      assertThat(pool.tasks).hasSize(run);
      pool.last().complete(null);
    }
    FakePool.Task<?> waiting = pool.last();
    assertThat(series.cancel(false)).isTrue();
    assertThat(waiting.isCancelled()).isTrue();
    assertThat(pool.tasks).hasSize(4);
    assertThat(series.cancel(true)).isFalse();
    assertThat(waiting.askedToCancel).isFalse();
    executor.shutdown();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void cancellingASeriesInterruptsItsRunIfAsked() {
    ScheduledFuture<?> series = executor.scheduleWithFixedDelay(WORK, 0, 1, TimeUnit.DAYS);
    FakePool.Task<Object> running = pool.last();
    running.begun = true;
    assertThat(series.cancel(true)).isTrue();
    assertThat(running.askedToCancel).isTrue();
    running.complete(null);
    assertThat(pool.tasks).hasSize(1);
  }

  @Test
  void aSeriesLetsItsRunEndAtShutdown() {
    ScheduledFuture<?> series = executor.scheduleWithFixedDelay(WORK, 0, 1, TimeUnit.DAYS);
    FakePool.Task<Object> running = pool.last();
    running.begun = true;
    executor.shutdown();
    assertThat(series.isCancelled()).isTrue();
    assertThat(running.askedToCancel).isFalse();
    assertThat(executor.isTerminated()).isFalse();
    running.complete(null);
    assertThat(pool.tasks).hasSize(1);
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void aSeriesEndsWithTheFirstFailureAndWithARefusal() {
    ScheduledFuture<?> failing = executor.scheduleAtFixedRate(WORK, 0, 1, TimeUnit.DAYS);
    pool.last().completeExceptionally(new IllegalStateException("it"));
    assertThatThrownBy(failing::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .hasMessage("it");
    ScheduledFuture<?> refused = executor.scheduleAtFixedRate(WORK, 0, 1, TimeUnit.DAYS);
    pool.whileSubmitting =
        () -> {
          throw new RejectedExecutionException("full");
        };
    pool.last().complete(null);
    assertThatThrownBy(refused::get).cause().hasMessage("full");
    executor.shutdown();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void invokeAnySubmitsNoMoreOnceOneHasAResult() throws Exception {
    pool.whileSubmitting =
        () -> {
          if (!pool.tasks.isEmpty()) {
            pool.last().complete("first");
          }
        };
    Callable<String> work = new Work("any");
    assertThat(executor.invokeAny(List.of(work, work, work))).isEqualTo("first");
    assertThat(pool.tasks).hasSize(2);
    assertThat(pool.last().askedToCancel).isTrue();
  }

  @Test
  void invokeAllCancelsTheOthersWhenOneIsRefused() {
    Callable<String> work = new Work("all");
    pool.whileSubmitting =
        () -> {
          if (!pool.tasks.isEmpty()) {
            throw new RejectedExecutionException("full");
          }
        };
    assertThatThrownBy(() -> executor.invokeAll(List.of(work, work)))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(pool.last().askedToCancel).isTrue();
  }

  @Test
  void invokeAllSaysThatItWasInterruptedWhileThereWasNoRoom() {
    Callable<String> work = new Work("all");
    pool.whileSubmitting =
        () -> {
          Thread.currentThread().interrupt();
          throw new CancellationException("no room");
        };
    assertThatThrownBy(() -> executor.invokeAll(List.of(work)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void invokeAllKeepsWhatIsInTimeAndInterruptsTheRest() throws Exception {
    Callable<String> work = new Work("all");
    pool.whileSubmitting =
        () -> {
          if (!pool.tasks.isEmpty()) {
            pool.last().complete("in time");
          }
        };
    var futures = executor.invokeAll(List.of(work, work), 1, TimeUnit.SECONDS);
    assertThat(futures).allMatch(Future::isDone);
    assertThat(futures.get(0).get()).isEqualTo("in time");
    assertThat(futures.get(1).isCancelled()).isTrue();
    assertThat(pool.tasks.get(0).askedToCancel).isFalse();
    assertThat(pool.last().askedToCancel).isTrue();
  }

  @Test
  void invokeAllSubmitsNothingWhenTimeIsOver() throws Exception {
    Callable<String> work = new Work("all");
    assertThat(executor.invokeAll(List.of(work, work), 0, TimeUnit.SECONDS))
        .hasSize(2)
        .allMatch(future -> future.isCancelled() && future.isDone());
    assertThat(pool.tasks).isEmpty();
  }
}
