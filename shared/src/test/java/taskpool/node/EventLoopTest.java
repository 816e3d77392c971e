package taskpool.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
    List<CompletableFuture<Boolean>> senders = new ArrayList<>();
    for (int sender = 0; sender < 4; sender++) {
      senders.add(CompletableFuture.supplyAsync(this::askOneByOne));
    }
    for (CompletableFuture<Boolean> sender : senders) {
      assertThat(sender.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private boolean askOneByOne() {
    for (int round = 0; round < 2_000; round++) {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      loop.execute(() -> done.complete(true));
      done.orTimeout(5, TimeUnit.SECONDS).join();
    }
    return true;
  }

  @Test
  void outlivesWhatThrowsAndSaysSo() throws Exception {
    Thread before = thread();
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    loop.uncaughtTo((thread, error) -> uncaught.add(error));
    loop.execute(
        () -> {
          throw new IllegalStateException("planted");
        });
    Pipe pipe = Pipe.open();
    loop.execute(() -> failWhenReadable(pipe));
    pipe.sink().write(ByteBuffer.allocate(1));
    pipe.sink().close();

    assertThat(thread()).isSameAs(before);
    assertThat(uncaught).extracting(Throwable::getMessage).startsWith("planted");
    await().until(() -> uncaught.size() > 1);
    assertThat(thread()).isSameAs(before);
    assertThat(uncaught.get(1)).hasMessage("planted in a handler");
  }

  private void failWhenReadable(Pipe pipe) {
    try {
      SelectionKey unused =
          loop.register(
              pipe.source(),
              SelectionKey.OP_READ,
              () -> {
                close(pipe);
                throw new StackOverflowError("planted in a handler");
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(Pipe pipe) {
    try {
      pipe.source().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
