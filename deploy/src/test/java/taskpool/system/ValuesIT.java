package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.NotSendableException;
import taskpool.error.RemoteStackTrace;
import taskpool.error.RemoteTaskException;

/** What values and errors look like when they arrive, and what is said of those that can't. */
class ValuesIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static TaskPool pool;
  private static Set<Long> pidsAtStart;

  @TempDir Path temp;

  @BeforeAll
  static void start() throws Exception {
    pool = CLUSTER.pool(2);
    pidsAtStart = TestCluster.pids(pool);
  }

  @AfterAll
  static void noWorkerWasLostOnTheWay() throws Exception {
    assertThat(TestCluster.pids(pool)).isEqualTo(pidsAtStart);
  }

  record Point(int x, int y) {}

  record Line(Point from, Point to, Optional<String> label, List<Point> between) {}

  record Box<T>(T content) {}

  enum Colour {
    RED,
    GREEN {
      @Override
      String mood() {
        return "calm";
      }
    };

    String mood() {
      return "wild";
    }
  }

  static List<Point> points(List<Point> points) {
    return points.stream().map(p -> new Point(p.y(), p.x())).toList();
  }

  static Map<String, List<Point>> table(Map<String, List<Point>> table) {
    table.get("a").get(0).x(); // the elements are what they were declared to be
    return table;
  }

  static Optional<Point> maybe(Optional<Point> point) {
    return point.map(p -> new Point(p.x() + 1, p.y()));
  }

  static Map<Colour, DayOfWeek> enums(Set<Colour> colours) {
    return Map.of(colours.iterator().next(), DayOfWeek.FRIDAY);
  }

  static String mood(Colour colour) {
    return colour.mood();
  }

  static Line line(Line line) {
    return new Line(line.to(), line.from(), line.label(), points(line.between()));
  }

  static Box<List<Long>> box(Box<List<Long>> box) {
    long sum = 0;
    for (Long each : box.content()) {
      sum += each;
    }
    return new Box<>(List.of(sum));
  }

  @Test
  void genericsKeepTheirTypes() throws Exception {
    assertThat(pool.apply(ValuesIT::points, List.of(new Point(1, 2), new Point(3, 4))))
        .containsExactly(new Point(2, 1), new Point(4, 3));
    Map<String, List<Point>> table = Map.of("a", List.of(new Point(1, 2)), "b", List.of());
    assertThat(pool.apply(ValuesIT::table, table)).isEqualTo(table);
    assertThat(pool.apply(ValuesIT::maybe, Optional.of(new Point(1, 2)))).contains(new Point(2, 2));
    assertThat(pool.apply(ValuesIT::maybe, Optional.<Point>empty())).isEmpty();
    assertThat(pool.apply(ValuesIT::enums, Set.of(Colour.GREEN)))
        .containsExactly(Map.entry(Colour.GREEN, DayOfWeek.FRIDAY));
    assertThat(pool.apply(ValuesIT::mood, Colour.GREEN)).isEqualTo("calm");
    assertThat(pool.apply(ValuesIT::mood, Colour.RED)).isEqualTo("wild");
    Line line =
        new Line(new Point(1, 2), new Point(3, 4), Optional.of("l"), List.of(new Point(5, 6)));
    assertThat(pool.apply(ValuesIT::line, line))
        .isEqualTo(
            new Line(new Point(3, 4), new Point(1, 2), Optional.of("l"), List.of(new Point(6, 5))));
    assertThat(pool.apply(ValuesIT::box, new Box<>(List.of(1L << 40, 2L))))
        .isEqualTo(new Box<>(List.of((1L << 40) + 2)));
  }

  @Test
  void erasedTypesKeepStandardValues() throws Exception {
    List<Long> longs = List.of(1L, 2L);
    assertThat(pool.apply((List<Long> list) -> list.get(0).getClass().getName(), longs))
        .isEqualTo("java.lang.Long");
    assertThat(pool.apply((List<Long> list) -> list, longs)).containsExactly(1L, 2L);
    List<Object> mixed = new ArrayList<>(List.of(1, 2L, 3.5, 4.5f, "five", 'c', true, (byte) 7));
    mixed.add(null);
    mixed.add(new BigDecimal("1.10"));
    mixed.add(BigInteger.TWO.pow(100));
    mixed.add(UUID.fromString("00000000-0000-0001-0000-000000000002"));
    mixed.add(Instant.parse("2026-11-20T01:02:03.123456789Z"));
    mixed.add(Path.of("a", "b"));
    mixed.add(List.of(1L, Map.of("k", 2L)));
    assertThat(pool.apply((List<Object> list) -> list, mixed)).isEqualTo(mixed);
    assertThat(pool.apply(ValuesIT::anything, (Object) 5L)).isEqualTo(5L);
    assertThatThrownBy(() -> pool.applyAsync(ValuesIT::anything, new Point(1, 2)))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining(Point.class.getName());
  }

  static Object anything(Object value) {
    return value;
  }

  record Times(
      Instant instant,
      LocalDate date,
      LocalDateTime dateTime,
      ZonedDateTime zoned,
      OffsetDateTime offset,
      Duration duration,
      Period period,
      ZoneId zone) {}

  static Times times(Times times) {
    return times;
  }

  @SuppressWarnings("ArrayRecordComponent") // arrays, too, must arrive
  record Things(
      Path absolute,
      Path relative,
      BigDecimal decimal,
      byte[] bytes,
      int[] ints,
      String[][] texts,
      char letter,
      float small,
      double tiny,
      Long nothing,
      OptionalInt optional,
      Map<LocalDate, Point> byDate) {}

  static Things things(Things things) {
    return things;
  }

  @Test
  void standardTypesArriveUnchanged() throws Exception {
    Times times =
        new Times(
            Instant.parse("2026-11-20T01:02:03.123456789Z"),
            LocalDate.of(2026, 2, 28),
            LocalDateTime.of(2026, 2, 28, 23, 59, 59, 999_999_999),
            ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 5, ZoneId.of("Asia/Shanghai")),
            OffsetDateTime.parse("2026-07-01T12:00:00.000000005+05:45"),
            Duration.ofSeconds(5, 7),
            Period.of(1, 2, 3),
            ZoneId.of("Europe/Berlin"));
    assertThat(pool.apply(ValuesIT::times, times)).isEqualTo(times);
    Things things =
        new Things(
            temp.resolve("with space 和 汉字"),
            Path.of("relative", "x: y.txt"),
            new BigDecimal("1.10"),
            new byte[] {0, -1, 127},
            new int[] {1, -2},
            new String[][] {{"a"}, {}},
            '字',
            0.1f,
            Double.MIN_VALUE,
            null,
            OptionalInt.of(3),
            Map.of(LocalDate.of(2026, 1, 2), new Point(1, 2)));
    assertThat(pool.apply(ValuesIT::things, things))
        .usingRecursiveComparison()
        .ignoringFields("absolute", "relative")
        .isEqualTo(things);
    Things arrived = pool.apply(ValuesIT::things, things);
    assertThat(arrived.absolute()).isEqualTo(things.absolute());
    assertThat(arrived.relative()).isEqualTo(things.relative());
    assertThat(pool.apply(ValuesIT::twice, Double.NaN)).isNaN();
    assertThat(pool.apply(ValuesIT::twice, Double.NEGATIVE_INFINITY)).isNegative().isInfinite();
    File file = new File("relative", "name: with colon");
    assertThat(pool.apply(ValuesIT::renamed, file)).isEqualTo(new File(file + ".bak"));
    assertThat(pool.apply(ValuesIT::isRelative, Path.of("some", "where"))).isTrue();
  }

  static double twice(double value) {
    return 2 * value;
  }

  static File renamed(File file) {
    return new File(file.getPath() + ".bak");
  }

  static boolean isRelative(Path path) {
    return !path.isAbsolute();
  }

  static String nulls(String text, Point point, List<Point> points) {
    return text == null && point == null && points.contains(null) ? null : "not null";
  }

  @Test
  void nullsArriveAsNulls() throws Exception {
    List<Point> points = new ArrayList<>();
    points.add(null);
    assertThat(pool.apply(ValuesIT::nulls, null, null, points)).isNull();
    assertThat(pool.apply(ValuesIT::anything, (Object) null)).isNull();
  }

  static final class Checked extends Exception {
    Checked(String message) {
      super(message);
    }
  }

  static final class WithoutMessage extends RuntimeException {
    private final int code;

    WithoutMessage(int code) {
      super("code " + code);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static final class Unspeakable extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("not even a message");
    }
  }

  static int failing(String how) throws Exception {
    switch (how) {
      case "checked" -> throw new IOException("the disk is full");
      case "unchecked" -> throw new IllegalStateException("wrapped", new IOException("inside"));
      case "custom" -> throw new Checked("custom trouble");
      case "without message" -> throw new WithoutMessage(7);
      case "null message" -> throw new IllegalStateException();
      case "error" -> throw new AssertionError("an error");
      case "overflow" -> {
        return failing(how);
      }
      case "unspeakable" -> throw new Unspeakable();
      default -> throw new IllegalArgumentException(how);
    }
  }

  private static Throwable errorOf(String how) {
    try {
      return new AssertionError("no error but " + pool.apply(ValuesIT::failing, how));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void errorsArriveAsWhatTheyAre() {
    assertThat(errorOf("checked")).isExactlyInstanceOf(IOException.class);
    assertThat(errorOf("checked")).hasMessage("the disk is full");
    assertThat(errorOf("unchecked")).isExactlyInstanceOf(IllegalStateException.class);
    assertThat(errorOf("unchecked")).hasMessage("wrapped");
    assertThat(errorOf("unchecked").getCause())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("inside");
    assertThat(errorOf("custom")).isExactlyInstanceOf(Checked.class).hasMessage("custom trouble");
    assertThat(errorOf("null message"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(null);
    assertThat(errorOf("error")).isExactlyInstanceOf(AssertionError.class).hasMessage("an error");
    assertThat(errorOf("overflow")).isExactlyInstanceOf(StackOverflowError.class);
    assertThat(errorOf("without message"))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            error -> assertThat(error.type()).isEqualTo(WithoutMessage.class.getName()))
        .hasMessageContaining("code 7");
    assertThat(errorOf("unspeakable"))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining(Unspeakable.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"checked", "custom", "without message", "error"})
  void errorsCarryTheRemoteStackAndTheWorker(String how) {
    RemoteStackTrace remote = RemoteStackTrace.of(errorOf(how)).orElseThrow();
    assertThat(remote.text()).contains("ValuesIT.failing").contains("ValuesIT.java");
    assertThat(remote.worker()).matches("worker-[12] \\(pid \\d+ on .+\\)");
    long pid = Long.parseLong(remote.worker().replaceAll(".*pid (\\d+) .*", "$1"));
    assertThat(pidsAtStart).contains(pid);
  }

  /** Has no data, so nothing of it could be sent. */
  static final class Empty {
    int answer() {
      return 42;
    }
  }

  record Holder(String name, Inner inner) {}

  record Inner(List<Object> items, Thread thread) {}

  static int use(InputStream stream) throws IOException {
    return stream.read();
  }

  static int useThread(Thread thread) {
    return 1;
  }

  static int useRunnable(Runnable runnable) {
    return 1;
  }

  static int useList(List<Object> list) {
    return list.size();
  }

  static int useHolder(Holder holder, int other) {
    return other;
  }

  static int useSecond(int first, Holder holder) {
    return first;
  }

  @Test
  void argumentsThatCannotBeSentFailAtTheSubmittingCall() throws Exception {
    Path file = Files.writeString(temp.resolve("data"), "x");
    try (InputStream stream = new FileInputStream(file.toFile())) {
      assertThatThrownBy(() -> pool.applyAsync(ValuesIT::use, stream))
          .isInstanceOf(NotSendableException.class)
          .hasMessageContainingAll("argument 1", "ValuesIT#use", "java.io.FileInputStream");
      assertThatThrownBy(() -> pool.applyAsync(() -> stream.read()))
          .isInstanceOf(NotSendableException.class)
          .hasMessageContainingAll("captured value 1", "java.io.FileInputStream");
      assertThat(stream.read()).isEqualTo('x'); // and nothing has touched it
    }
    Thread thread = new Thread("idle one");
    assertThatThrownBy(() -> pool.applyAsync(ValuesIT::useThread, thread))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("argument 1", "java.lang.Thread", "idle one");
    assertThatThrownBy(() -> pool.applyAsync(ValuesIT::useRunnable, () -> {}))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("argument 1", "lambda");
    assertThatThrownBy(() -> pool.applyAsync(Empty::answer, new Empty()))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("argument 1", Empty.class.getName());
    Empty empty = new Empty();
    assertThatThrownBy(() -> pool.applyAsync(empty::answer))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("captured value 1", Empty.class.getName());
    List<Object> selfish = new ArrayList<>();
    selfish.add(selfish);
    assertThatThrownBy(() -> pool.applyAsync(ValuesIT::useList, selfish))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("argument 1", "java.util.ArrayList");
    Holder holder = new Holder("h", new Inner(List.of(1, 2L), thread));
    assertThatThrownBy(() -> pool.applyAsync(ValuesIT::useHolder, holder, 1))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("argument 1", Holder.class.getName(), ".inner", ".thread");
    assertThatThrownBy(() -> pool.applyAsync(ValuesIT::useSecond, 1, holder))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("argument 2");
    Holder deep = new Holder("h", new Inner(List.of(1, thread), null));
    assertThatThrownBy(() -> pool.applyAsync(ValuesIT::useHolder, deep, 1))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll(".inner", ".items", "[1]", "java.lang.Thread");
    assertThatThrownBy(() -> pool.map(ValuesIT::useThread, List.of(thread)))
        .isInstanceOf(NotSendableException.class);
    assertThat(pool.apply(ValuesIT::useList, List.of(1, 2))).isEqualTo(2);
  }

  static Object result(String what) {
    return switch (what) {
      case "thread" -> Thread.currentThread();
      case "lambda" -> (Runnable) () -> {};
      case "point" -> new Point(1, 2);
      default -> {
        List<Object> selfish = new ArrayList<>();
        selfish.add(selfish);
        yield selfish;
      }
    };
  }

  static Thread resultThread() {
    return Thread.currentThread();
  }

  @ParameterizedTest
  @ValueSource(strings = {"thread", "lambda", "point", "selfish"})
  void resultsThatCannotBeSentFailAtTheHandle(String what) {
    assertThatThrownBy(() -> pool.apply(ValuesIT::result, what))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("the result", "ValuesIT#result");
    assertThatThrownBy(() -> pool.map(ValuesIT::result, List.of(what)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(NotSendableException.class);
  }

  @Test
  void aDeclaredResultThatCannotBeSentFailsAtTheHandle() {
    assertThatThrownBy(() -> pool.apply(ValuesIT::resultThread))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(NotSendableException.class)
        .hasMessageContainingAll("the result", "java.lang.Thread");
  }

  static void completionException() {
    throw new CompletionException("outer", new IllegalStateException("inner"));
  }

  static void cancellationException() {
    throw new CancellationException("of the task's own");
  }

  @Test
  void errorsThatFuturesUnwrapComeBackWhole() {
    assertThatThrownBy(() -> pool.apply(ValuesIT::completionException))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(CompletionException.class)
        .hasMessage("outer")
        .satisfies(error -> assertThat(RemoteStackTrace.of(error)).isPresent())
        .hasCauseExactlyInstanceOf(IllegalStateException.class);
    TaskHandle<?> handle = pool.applyAsync(ValuesIT::cancellationException);
    assertThatThrownBy(handle::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(CancellationException.class);
    assertThat(handle.isCancelled()).isFalse();
  }
}
