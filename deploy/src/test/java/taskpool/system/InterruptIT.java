package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taskpool.ResultIterator;
import taskpool.Subprocess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.function.Args;

/** Whoever waits for a pool can be called away: an interrupt ends every wait at once. */
class InterruptIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Each call below finds it full, as its one task waits for the end of this class. */
  private static final int WINDOW = 1;

  private static final Set<Thread.State> WAITING =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  @TempDir static Path temp;

  private static Path never;
  private static TaskPool pool;
  private static TaskPool full;
  private static TaskHandle<Long> endless;

  @BeforeAll
  static void start() {
    never = temp.resolve("never");
    pool = CLUSTER.pool(1);
    endless = pool.applyAsync(InterruptIT::waitFor, never);
    full = CLUSTER.start(builder -> builder.workers(1).window(WINDOW, 1 << 20));
    var unused = full.applyAsync(InterruptIT::waitFor, never);
  }

  @AfterAll
  static void letGo() throws Exception {
    Gate.open(never);
  }

  static long waitFor(Path file) throws Exception {
    return Gate.startedThenAwait(file.resolveSibling("started"), file);
  }

  static long waitForBoth(Path file, int number) throws Exception {
    return waitFor(file) + number;
  }

  /** A call that blocks, by its name. */
  record Blocking(String name, Class<? extends Exception> error, Callable<?> call) {
    @Override
    public String toString() {
      return name;
    }

    static Blocking interrupted(String name, Callable<?> call) {
      return new Blocking(name, InterruptedException.class, call);
    }

    /** One that may not throw it, by the interface that it is of; the interrupt stays set. */
    static Blocking cancelled(String name, Callable<?> call) {
      return new Blocking(name, CancellationException.class, call);
    }
  }

  static Stream<Blocking> calls() {
    List<Args.Of2<Path, Integer>> pairs = List.of(Args.of(never, 1));
    return Stream.of(
        Blocking.interrupted("get", () -> endless.get()),
        Blocking.interrupted("get, limited", () -> endless.get(LONG)),
        Blocking.interrupted(
            "get, limited in units", () -> endless.get(LONG.toSeconds(), TimeUnit.SECONDS)),
        Blocking.interrupted("await", () -> endless.await(LONG)),
        Blocking.interrupted("apply", () -> pool.apply(InterruptIT::waitFor, never)),
        Blocking.interrupted("map", () -> pool.map(InterruptIT::waitFor, List.of(never, never))),
        Blocking.interrupted("starmap", () -> pool.starmap(InterruptIT::waitForBoth, pairs)),
        Blocking.cancelled("imap", () -> next(pool.imap(InterruptIT::waitFor, List.of(never)))),
        Blocking.cancelled(
            "imapUnordered, hasNext",
            () -> hasNext(pool.imapUnordered(InterruptIT::waitFor, List.of(never)))),
        Blocking.cancelled(
            "submission to a full window",
            () -> full.applyAsync(InterruptIT::waitFor, never).ready()),
        Blocking.cancelled(
            "mapAsync with a full window",
            () -> full.mapAsync(InterruptIT::waitFor, List.of(never, never)).ready()),
        Blocking.interrupted("Subprocess", () -> Subprocess.of("sleep", "1000").run()),
        Blocking.interrupted(
            "Subprocess with a limit",
            () -> Subprocess.of("sleep", "1000").withTimeout(LONG).run()));
  }

  private static Object next(ResultIterator<?> results) {
    try (results) {
      return results.next();
    }
  }

  private static boolean hasNext(ResultIterator<?> results) {
    try (results) {
      return results.hasNext();
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void endsTheWaitAtOnce(Blocking blocking) throws Exception {
    End end = interrupt(blocking.call());
    assertThat(end.result()).isInstanceOf(blocking.error());
    assertThat(end.interrupted()).isEqualTo(blocking.error() == CancellationException.class);
  }

  @Test
  void endsJoinToo() throws Exception {
    TaskPool closing = CLUSTER.pool(1);
    var unused = closing.applyAsync(InterruptIT::waitFor, never);
    closing.shutdown();
    Callable<?> join = () -> closing.join(LONG);
    Callable<?> unlimited =
        () -> {
          closing.join();
          return "joined";
        };
    for (Callable<?> each : List.of(join, unlimited)) {
      assertThat(interrupt(each).result()).isInstanceOf(InterruptedException.class);
    }
    closing.terminate();
  }

  /** How a call ended, and whether the interrupt was still to be seen then. */
  private record End(Object result, boolean interrupted) {}

  /** Calls it in a thread that is interrupted as soon as it waits. */
  private static End interrupt(Callable<?> blocking) throws Exception {
    FutureTask<End> called =
        new FutureTask<>(
            () -> {
              Object result;
              try {
                result = blocking.call();
              } catch (Exception e) {
                result = e;
              }
              return new End(result, Thread.interrupted());
            });
    Thread waiting = new Thread(called, "waiting");
    waiting.start();
    await().atMost(LIMIT).until(() -> WAITING.contains(waiting.getState()));
    waiting.interrupt();
    return called.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
