package taskpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import taskpool.Call;
import taskpool.ResultIterator;
import taskpool.codec.Arguments;
import taskpool.codec.Closure;
import taskpool.node.Node;
import taskpool.payload.Payloads;
import taskpool.protocol.ClientCommand;
import taskpool.protocol.CoordinatorCommand;

@Timeout(60)
class LazyMapTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** So many requests are served at once; those after them wait for the actor's next turn. */
  private static final int ONE_TURN = 10_000;

  private final Node node = Node.start(List.of("test"));
  private final CompletableFuture<ActorRef<ClientCommand>> session = new CompletableFuture<>();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void end() {
    go.countDown();
    node.system().terminate();
  }

  static int same(int x) {
    return x;
  }

  /** Is told who opens a session, and never answers. */
  private SessionPool pool() {
    ActorRef<CoordinatorCommand> coordinator =
        node.system()
            .systemActorOf(
                Behaviors.receiveMessage(
                    message -> {
                      if (message instanceof CoordinatorCommand.OpenSession open) {
                        session.complete(open.replyTo());
                      }
                      return Behaviors.same();
                    }),
                "coordinator",
                Props.empty());
    PoolReference reference = new PoolReference("pool", "nowhere", 1, 1, Optional.empty());
    return SessionPool.borrowed(node, coordinator, reference, Payloads.inMessages());
  }

  private static PendingTask submit(SessionPool pool, Runnable atEnd) {
    Closure closure = Call.of(LazyMapTest::same, 1).closure();
    byte[] payload = Arguments.encode(closure, List.of(1), Payloads.inMessages());
    return pool.submit(closure, false, 1, null, payload, ended -> atEnd.run());
  }

  /** The session's end and the map's: each has a lock, and wants the other's. */
  @Test
  void isClosedWhileItsSessionEnds() throws Exception {
    SessionPool pool = pool();
    ActorRef<ClientCommand> actor = session.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    CountDownLatch busy = new CountDownLatch(1);
    node.system()
        .executionContext()
        .execute(
            () -> {
              busy.countDown();
              awaitHere(go);
            });
    awaitHere(busy);

    CountDownLatch ending = new CountDownLatch(1);
    CountDownLatch endFurther = new CountDownLatch(1);
    for (int i = 0; i < ONE_TURN; i++) {
      submit(pool, () -> {});
    }
    submit(
        pool,
        () -> {
          ending.countDown();
          awaitHere(endFurther);
        });
    ResultIterator<Integer> results = pool.imap(LazyMapTest::same, List.of(1), 1);
    awaitThat(LazyMapTest::readerHasEnded);
    actor.tell(new ClientCommand.CoordinatorEnded("on purpose"));
    go.countDown();
    awaitHere(ending);

    Thread closer = new Thread(results::close, "closer");
    closer.setDaemon(true);
    closer.start();
    awaitThat(() -> closer.getState() == Thread.State.BLOCKED);
    endFurther.countDown();
    closer.join(LIMIT.toMillis());
    assertThat(closer.isAlive()).isFalse();
  }

  private static boolean readerHasEnded() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("pool-imap"));
  }

  private static void awaitThat(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
      Thread.onSpinWait();
    }
  }

  private static void awaitHere(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
