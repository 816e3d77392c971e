package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.ResultIterator;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.function.Args;

/** The maps: of lists at once, and of inputs that may never end. */
class MapIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  static int square(int x) {
    return x * x;
  }

  static int squareUnlessSeventh(int x) throws IOException {
    if (x % 7 == 6) {
      throw new IOException("no squares of " + x);
    }
    return x * x;
  }

  static int after(Path gates, int x) throws Exception {
    Gate.await(gates.resolve(Integer.toString(x)));
    return x;
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private static List<Integer> squares(int end) {
    return IntStream.range(0, end).map(x -> x * x).boxed().toList();
  }

  @Test
  void resultsComeInOrder() throws Exception {
    assertThat(pool.map(MapIT::square, upTo(1000))).isEqualTo(squares(1000));
    assertThat(pool.map(MapIT::square, upTo(1000), 1)).isEqualTo(squares(1000));
    assertThat(pool.map(MapIT::square, upTo(1000), 7)).isEqualTo(squares(1000));
    assertThat(pool.map(MapIT::square, upTo(10), Integer.MAX_VALUE)).isEqualTo(squares(10));
    TaskHandle<List<Integer>> handle = pool.mapAsync(MapIT::square, upTo(100));
    assertThat(handle.get(LIMIT)).isEqualTo(squares(100));
    assertThat(handle.successful()).isTrue();
    List<Integer> iterated = new ArrayList<>();
    try (ResultIterator<Integer> results = pool.imap(MapIT::square, upTo(1000))) {
      results.forEachRemaining(iterated::add);
    }
    assertThat(iterated).isEqualTo(squares(1000));
    iterated.clear();
    pool.imap(MapIT::square, upTo(1000), 13).forEachRemaining(iterated::add);
    assertThat(iterated).isEqualTo(squares(1000));
    iterated.clear();
    pool.imapUnordered(MapIT::square, upTo(1000), 13).forEachRemaining(iterated::add);
    assertThat(iterated).containsExactlyInAnyOrderElementsOf(squares(1000));
    assertThat(pool.map(x -> x, Collections.singletonList(null))).containsExactly((Object) null);
  }

  @Test
  void starmapSpreadsItsArguments() throws Exception {
    assertThat(pool.starmap(Math::addExact, List.of(Args.of(1, 2), Args.of(3, 4))))
        .containsExactly(3, 7);
    assertThat(pool.starmap(MapIT::join, List.of(Args.of("a", 1, true)), 1))
        .containsExactly("a1true");
    assertThat(pool.starmapAsync(MapIT::join, List.of(Args.of("a", 1, true, 2L))).get(LIMIT))
        .containsExactly("a1true2");
    assertThat(pool.starmap(MapIT::join, List.of(Args.of("a", 1, true, 2L, 'c'))))
        .containsExactly("a1true2c");
  }

  static String join(String a, int b, boolean c) {
    return a + b + c;
  }

  static String join(String a, int b, boolean c, long d) {
    return a + b + c + d;
  }

  static String join(String a, int b, boolean c, long d, char e) {
    return a + b + c + d + e;
  }

  @Test
  void anEmptyInputIsAnsweredBeforeThereAreWorkers() throws Exception {
    // workers that never get as far as to report
    TaskPool early = CLUSTER.start(builder -> builder.workers(1).initializer(MapIT::never));
    assertThat(early.map(MapIT::square, List.of())).isEmpty();
    assertThat(early.mapAsync(MapIT::square, List.of()).ready()).isTrue();
    assertThat(early.mapAsync(MapIT::square, List.of(), 5).get(Duration.ZERO)).isEmpty();
    assertThat(early.starmap(Math::addExact, List.<Args.Of2<Integer, Integer>>of())).isEmpty();
    assertThat(early.imap(MapIT::square, List.of()).hasNext()).isFalse();
    assertThat(early.imapUnordered(MapIT::square, List.of()).hasNext()).isFalse();
    early.terminate();
  }

  static void never() throws InterruptedException {
    Thread.currentThread().join();
  }

  @Test
  void chunkSizesBelowOneAreRefused() {
    for (int size : List.of(0, -1, Integer.MIN_VALUE)) {
      assertThatThrownBy(() -> pool.map(MapIT::square, upTo(3), size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Integer.toString(size));
      assertThatThrownBy(() -> pool.mapAsync(MapIT::square, List.of(), size))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> pool.starmap(Math::addExact, List.of(Args.of(1, 2)), size))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> pool.imap(MapIT::square, upTo(3), size))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> pool.imapUnordered(MapIT::square, upTo(3), size))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Counts for ever. */
  private static final class Endless implements Iterable<Integer> {
    final AtomicInteger read = new AtomicInteger();

    @Override
    public Iterator<Integer> iterator() {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return true;
        }

        @Override
        public Integer next() {
          return read.getAndIncrement();
        }
      };
    }
  }

  @Test
  void anEndlessInputIsReadOnlyAsFarAsResultsAreTaken() {
    int bound = 10_000;
    Endless input = new Endless();
    try (ResultIterator<Integer> results = pool.imap(MapIT::square, input)) {
      for (int i = 0; i < 5_000; i++) {
        assertThat(results.next()).isEqualTo(i * i);
      }
      assertThat(input.read.get()).isBetween(5_000, 5_000 + bound);
      awaitStandstill(input.read);
      assertThat(input.read.get()).isLessThan(5_000 + bound);
    }
    Endless untouched = new Endless();
    try (ResultIterator<Integer> results = pool.imapUnordered(MapIT::square, untouched)) {
      awaitStandstill(untouched.read);
      assertThat(untouched.read.get()).isBetween(1, bound);
      assertThat(results.hasNext()).isTrue();
    }
  }

  static int awaitIfSecond(Path gate, int x) throws InterruptedException {
    if (x == 2) {
      Gate.await(gate);
    }
    return x;
  }

  @Test
  void theNextResultNeedNotBeWaitedForForEver() throws Exception {
    Path gate = temp.resolve("gate");
    List<Integer> input = List.of(1, 2, 3);
    try (ResultIterator<Integer> results = pool.imap(x -> awaitIfSecond(gate, x), input)) {
      assertThat(results.next(LIMIT)).isEqualTo(1);
      assertThatThrownBy(() -> results.next(Duration.ofMillis(50)))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> results.next(Duration.ZERO)).isInstanceOf(TimeoutException.class);
      Gate.open(gate);
      assertThat(results.next(LIMIT)).isEqualTo(2);
      assertThat(results.next()).isEqualTo(3);
      assertThatThrownBy(() -> results.next(LIMIT)).isInstanceOf(NoSuchElementException.class);
    }
  }

  private static void awaitStandstill(AtomicInteger count) {
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> last.getAndSet(count.get()) == count.get() && count.get() > 0);
  }

  /** Gives what is put in, and blocks meanwhile; ends at a negative number. */
  private static final class Blocking implements Iterable<Integer> {
    final BlockingQueue<Integer> items = new LinkedBlockingQueue<>();

    @Override
    public Iterator<Integer> iterator() {
      return new Iterator<>() {
        private Integer next;

        @Override
        public boolean hasNext() {
          try {
            next = next == null ? items.take() : next;
            return next >= 0;
          } catch (InterruptedException e) {
            return false;
          }
        }

        @Override
        public Integer next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          int item = next;
          next = null;
          return item;
        }
      };
    }
  }

  @Test
  void resultsComeWhileTheInputBlocks() {
    for (boolean ordered : List.of(true, false)) {
      Blocking input = new Blocking();
      try (ResultIterator<Integer> results =
          ordered ? pool.imap(MapIT::square, input) : pool.imapUnordered(MapIT::square, input)) {
        for (int i = 1; i < 5; i++) {
          input.items.add(i);
          assertThat(results.next()).isEqualTo(i * i); // nothing else is in the input now
        }
        input.items.add(-1);
        assertThat(results.hasNext()).isFalse();
        assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
      }
    }
  }

  @Test
  void unorderedResultsDoNotWaitForEachOther() throws Exception {
    Path gates = temp;
    try (ResultIterator<Integer> results =
        pool.imapUnordered((Integer x) -> after(gates, x), List.of(1, 2))) {
      Gate.open(gates.resolve("2"));
      assertThat(results.next()).isEqualTo(2);
      Gate.open(gates.resolve("1"));
      assertThat(results.next()).isEqualTo(1);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void anErrorHitsItsElementOnly() throws Exception {
    for (int chunk : List.of(1, 5)) {
      try (ResultIterator<Integer> results =
          pool.imap(MapIT::squareUnlessSeventh, upTo(30), chunk)) {
        for (int i = 0; i < 30; i++) {
          if (i % 7 == 6) {
            assertThatThrownBy(results::next)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("no squares of " + i);
          } else {
            assertThat(results.next()).isEqualTo(i * i);
          }
        }
        assertThat(results.hasNext()).isFalse();
      }
      List<Object> seen = new ArrayList<>();
      ResultIterator<Integer> unordered =
          pool.imapUnordered(MapIT::squareUnlessSeventh, upTo(30), chunk);
      while (unordered.hasNext()) {
        try {
          seen.add(unordered.next());
        } catch (CompletionException e) {
          seen.add(e.getCause().getMessage());
        }
      }
      assertThat(seen)
          .hasSize(30)
          .contains("no squares of 6", "no squares of 13", "no squares of 20", "no squares of 27");
      assertThatThrownBy(() -> pool.map(MapIT::squareUnlessSeventh, upTo(30), chunk))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("no squares of 6");
    }
  }

  @Test
  void anInputThatThrowsEndsTheIteration() {
    for (int chunk : List.of(1, 4)) {
      Iterable<Integer> input =
          () ->
              IntStream.iterate(
                      0,
                      x -> {
                        if (x == 5) {
                          throw new IllegalStateException("the input broke");
                        }
                        return x + 1;
                      })
                  .iterator();
      ResultIterator<Integer> results = pool.imap(MapIT::square, input, chunk);
      for (int i = 0; i <= 5; i++) {
        assertThat(results.next()).isEqualTo(i * i);
      }
      assertThat(results.hasNext()).isTrue();
      assertThatThrownBy(results::next)
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("the input broke");
      assertThat(results.hasNext()).isFalse();
      assertThatThrownBy(() -> pool.map(MapIT::square, input))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  static int touch(Path directory, int x) throws Exception {
    Gate.open(directory.resolve("started " + x));
    Gate.await(directory.resolve("go"));
    return x;
  }

  @Test
  void closingEarlyCancelsWhatHasNotStarted() throws Exception {
    for (boolean ordered : List.of(true, false)) {
      // a new worker fetches nothing ahead: it has seen no short tasks yet
      TaskPool slow = CLUSTER.pool(1);
      Path directory = Files.createDirectory(temp.resolve("ordered-" + ordered));
      Endless input = new Endless();
      ResultIterator<Integer> results =
          ordered
              ? slow.imap((Integer x) -> touch(directory, x), input)
              : slow.imapUnordered((Integer x) -> touch(directory, x), input);
      Gate.await(directory.resolve("started 0"));
      awaitStandstill(input.read);
      int read = input.read.get();
      assertThat(read).isBetween(2, 1000);
      results.close();
      results.close();
      assertThat(results.hasNext()).isFalse();
      // the answer to this comes after the coordinator has heard of the others
      assertThat(slow.applyAsync(MapIT::square, 1).cancel(false)).isTrue();
      Gate.open(directory.resolve("go"));
      assertThat(slow.apply(MapIT::square, 3)).isEqualTo(9); // stands behind whatever is left
      assertThat(Gate.list(directory))
          .containsExactlyInAnyOrder(directory.resolve("started 0"), directory.resolve("go"));
      assertThat(input.read.get()).isEqualTo(read);
    }
  }
}
