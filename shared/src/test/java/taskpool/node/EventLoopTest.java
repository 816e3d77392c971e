package taskpool.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLoopTest {
  private final EventLoop loop = EventLoop.start("loop-under-test");

  @AfterEach
  void end() {
    loop.end();
  }

  private Thread thread() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    loop.execute(() -> thread.complete(Thread.currentThread()));
    return thread.get();
  }

  @Test
  void runsEverythingInOrderOnOneThread() throws Exception {
    List<Integer> order = new ArrayList<>();
    CompletableFuture<List<Integer>> done = new CompletableFuture<>();
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      loop.execute(() -> order.add(number));
    }
    loop.execute(() -> done.complete(order));

    assertThat(done.get()).hasSize(10_000).isSorted();
  }

  @Test
  void wakesForEachOfManySenders() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      CompletableFuture<Integer> done = new CompletableFuture<>();
      int number = round;
      if (round % 100 == 0) {
        TimeUnit.MILLISECONDS.sleep(1); // so that it has gone to sleep
      }
      loop.execute(() -> done.complete(number));
      assertThat(done.get(5, TimeUnit.SECONDS)).isEqualTo(round);
    }
  }

  @Test
  void outlivesWhatThrows() throws Exception {
    Thread before = thread();
    List<Throwable> uncaught = new ArrayList<>();
    before.setUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
    loop.execute(
        () -> {
          throw new StackOverflowError("planted");
        });

    assertThat(thread()).isSameAs(before);
    assertThat(uncaught).hasSize(1);
  }

  @Test
  void readsAChannelWhileItHasMuchToRun() throws Exception {
    Pipe pipe = Pipe.open();
    CompletableFuture<Integer> read = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            SelectionKey unused =
                loop.register(
                    pipe.source(), SelectionKey.OP_READ, () -> read.complete(readFrom(pipe)));
          } catch (Exception e) {
            read.completeExceptionally(e);
          }
        });
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          if (!read.isDone()) {
            loop.execute(again[0]);
          }
        };
    loop.execute(again[0]);
    pipe.sink().write(ByteBuffer.allocate(3));

    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    pipe.sink().close();
    pipe.source().close();
  }

  private static int readFrom(Pipe pipe) {
    try {
      return pipe.source().read(ByteBuffer.allocate(10));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void endsAfterWhatWasAskedForBefore() throws Exception {
    Thread thread = thread();
    CompletableFuture<Boolean> last = new CompletableFuture<>();
    loop.execute(() -> last.complete(true));
    loop.end();
    thread.join();

    assertThat(last).isCompletedWithValue(true);
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> loop.execute(() -> {}));
  }
}
