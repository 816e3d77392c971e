package taskpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import taskpool.error.PoolClosedException;
import taskpool.error.PoolFullException;

class SubmissionWindowTest {

  /** Runs on a thread of its own and comes back once that thread waits. */
  private static FutureTask<Void> blocked(SubmissionWindow window, int bytes) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              window.acquire(bytes);
              return null;
            });
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return task;
  }

  @Test
  void letsInAsManyAsItHolds() {
    SubmissionWindow window = new SubmissionWindow(2, 100, true);
    window.acquire(10);
    window.acquire(10);

    assertThatThrownBy(() -> window.acquire(10))
        .isInstanceOf(PoolFullException.class)
        .hasMessageContaining("2 tasks");
    window.release(10);
    window.acquire(10);
  }

  @Test
  void countsBytesTooButLetsALargeTaskPassAlone() {
    SubmissionWindow window = new SubmissionWindow(10, 100, true);
    window.acquire(1_000);

    assertThatThrownBy(() -> window.acquire(1)).isInstanceOf(PoolFullException.class);
    window.release(1_000);
    window.acquire(60);
    assertThatThrownBy(() -> window.acquire(60)).isInstanceOf(PoolFullException.class);
  }

  @Test
  void blocksUntilATaskEnds() throws Exception {
    SubmissionWindow window = new SubmissionWindow(1, 100, false);
    window.acquire(1);
    FutureTask<Void> second = blocked(window, 1);

    assertThat(second.isDone()).isFalse();
    window.release(1);
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void closingRefusesWhoWaitsAndWhoComes() {
    SubmissionWindow window = new SubmissionWindow(1, 100, false);
    window.acquire(1);
    FutureTask<Void> second = blocked(window, 1);

    window.close();

    assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(PoolClosedException.class);
    assertThatThrownBy(() -> window.acquire(1)).isInstanceOf(PoolClosedException.class);
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() throws Exception {
    SubmissionWindow window = new SubmissionWindow(1, 100, false);
    window.acquire(1);
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                window.acquire(1);
              } catch (CancellationException e) {
                flag.complete(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    thread.interrupt();

    assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
  }
}
