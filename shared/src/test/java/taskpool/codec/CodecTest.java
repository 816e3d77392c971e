package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import taskpool.error.FunctionVersionException;
import taskpool.error.NotSendableException;
import taskpool.error.RemoteStackTrace;
import taskpool.error.RemoteTaskException;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;

class CodecTest {
  record Point(int x, int y) {
    Point plus(Point other) {
      return new Point(x + other.x, y + other.y);
    }
  }

  record Nested(String name, List<Point> points, Map<String, Optional<Instant>> times) {}

  enum Color {
    RED,
    GREEN {
      @Override
      Color next() {
        return RED;
      }
    };

    Color next() {
      return GREEN;
    }
  }

  /** A plain class whose state is private fields, with no accessors at all. */
  static final class Account {
    private final String owner;
    private long cents;

    Account(String owner) {
      this.owner = owner;
    }

    Account pay(long amount) {
      cents += amount;
      return this;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Account account
          && account.owner.equals(owner)
          && account.cents == cents;
    }

    @Override
    public int hashCode() {
      return Objects.hash(owner, cents);
    }
  }

  static class Animal {
    String name = "?";
  }

  static final class Dog extends Animal {
    int bones = 3;
  }

  interface Shape {}

  record Circle(int radius) implements Shape {}

  static int square(int x) {
    return x * x;
  }

  static <T> T echo(T value) {
    return value;
  }

  static Nested echoNested(Nested value) {
    return value;
  }

  static Map<Integer, List<Point>> byX(List<Point> points) {
    Map<Integer, List<Point>> map = new LinkedHashMap<>();
    points.forEach(p -> map.computeIfAbsent(p.x(), x -> new ArrayList<>()).add(p));
    return map;
  }

  static String nameOf(Animal animal) {
    return animal.name;
  }

  static int radius(Shape shape) {
    return ((Circle) shape).radius();
  }

  static Object inputStream() {
    return new ByteArrayInputStream(new byte[1]);
  }

  static int sum(Set<Long> numbers) {
    return numbers.stream().mapToInt(Long::intValue).sum();
  }

  private static <A, R> Fn.F1<A, R> f(Fn.F1<A, R> function) {
    return function;
  }

  private static <A, B, R> Fn.F2<A, B, R> f2(Fn.F2<A, B, R> function) {
    return function;
  }

  @Test
  void sendsMethodReferencesOfEveryKind() throws Throwable {
    assertThat(Travel.call(f(CodecTest::square), 7)).isEqualTo(49);
    assertThat(Travel.call(CodecTest.<String, Integer>f(String::length), "abc")).isEqualTo(3);
    assertThat(Travel.call(CodecTest.<String, Integer>f(Integer::parseInt), "12")).isEqualTo(12);
    assertThat(Travel.call(CodecTest.<String, Account>f(Account::new), "Yuki"))
        .isEqualTo(new Account("Yuki"));
    assertThat(Travel.call(f(new Point(1, 2)::plus), new Point(10, 20)))
        .isEqualTo(new Point(11, 22));
    assertThat(Travel.call(f2(Point::plus), new Point(1, 1), new Point(2, 3)))
        .isEqualTo(new Point(3, 4));
    assertThat(Travel.call(f(new Account("Li")::pay), 5L)).isEqualTo(new Account("Li").pay(5));
  }

  @Test
  void sendsLambdasWithWhatTheyCapture() throws Throwable {
    int offset = 5;
    List<String> words = List.of("a", "b");
    Fn.F1<Integer, Integer> add = x -> x + offset;
    Fn.F0<String> joined = () -> String.join("-", words) + offset;

    assertThat(Travel.call(add, 3)).isEqualTo(8);
    assertThat(Travel.call(joined)).isEqualTo("a-b5");
  }

  @Test
  void aLambdaOfOnePlaceIsTakenApartForEveryCapture() throws Throwable {
    for (int i = 0; i < 3; i++) {
      int captured = i;
      Fn.F0<Integer> function = () -> captured;
      assertThat(Travel.call(function)).isEqualTo(i);
    }
  }

  @Test
  void sendsAnObjectThatIsItselfAFunction() throws Throwable {
    assertThat(Travel.call(new Doubler(3), 7)).isEqualTo(42);
  }

  /** A function with state and a name. */
  public record Doubler(int times) implements Fn.F1<Integer, Integer> {
    @Override
    public Integer apply(Integer x) {
      return x * 2 * times;
    }
  }

  @Test
  void sendsValuesByTheirDeclaredTypes() throws Throwable {
    Nested nested =
        new Nested(
            "名",
            List.of(new Point(1, 2)),
            Map.of("now", Optional.of(Instant.now()), "never", Optional.empty()));

    assertThat(Travel.call(f(CodecTest::echoNested), nested)).isEqualTo(nested);
    assertThat(Travel.call(f(CodecTest::byX), List.of(new Point(1, 2), new Point(1, 3))))
        .isEqualTo(Map.of(1, List.of(new Point(1, 2), new Point(1, 3))));
    assertThat(Travel.call(f(CodecTest::sum), Set.of(1L, 2L))).isEqualTo(3);
    assertThat(Travel.call(f(Color::next), Color.GREEN)).isEqualTo(Color.RED);
    assertThat(Travel.call(f(Color::next), Color.RED)).isEqualTo(Color.GREEN);
  }

  @Test
  void keepsTheTypeOfStandardValuesWhereOnlyObjectIsDeclared() throws Throwable {
    List<Object> values = new ArrayList<>();
    values.addAll(
        List.of(1, 2L, 3.5, 4.5f, (short) 5, (byte) 6, 'c', "s", true, new BigDecimal("1.50")));
    values.addAll(
        List.of(
            new BigInteger("9".repeat(2000)),
            UUID.randomUUID(),
            Instant.now(),
            Duration.ofNanos(7),
            Path.of("/tmp/../tmp/a b/文 件?#%.txt"),
            Path.of("file:", "x"),
            Path.of("../a: b"),
            ZonedDateTime.now(ZoneOffset.ofHours(9)),
            List.of(1L, "x"),
            Map.of("k", 2L)));
    for (Object value : values) {
      assertThat(Travel.call(f(CodecTest::echo), value)).isEqualTo(value);
    }
    Fn.F1<List<Long>, Long> total = longs -> longs.stream().mapToLong(x -> x).sum();
    assertThat(Travel.call(total, List.of(1L, 2L))).isEqualTo(3L);
    assertThat((byte[]) Travel.call(f(CodecTest::echo), new byte[] {1, 2})).containsExactly(1, 2);
    assertThat((int[]) Travel.call(f(CodecTest::echo), new int[] {1, 2})).containsExactly(1, 2);
  }

  @Test
  void keepsTheBytesOfAPathThatIsNoText() throws Throwable {
    Path path = Path.of(URI.create("file:///tmp/a%FFb"));
    assertThat(Travel.call(f(CodecTest::echo), path)).isEqualTo(path);
    Path likeUri = Path.of("file:///tmp/b");
    assertThat(Travel.call(f(CodecTest::echo), likeUri)).isEqualTo(likeUri);
  }

  @Test
  void sendsNull() throws Throwable {
    assertThat(Travel.call(f(CodecTest::echo), (Object) null)).isNull();
    Fn.A1<String> nothing = s -> {};
    assertThat(Travel.call(nothing, "x")).isNull();
  }

  static int twice(int number) {
    return 2 * number;
  }

  @Test
  void refusesNullForAPrimitive() {
    Fn.F1<Integer, Integer> twice = CodecTest::twice;
    assertThatThrownBy(() -> Travel.call(twice, (Object) null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "argument 1 of taskpool.codec.CodecTest#twice is null, and its type is a primitive"
                + " one");
  }

  @Test
  void refusesAnOpenFileNamingIt() throws Exception {
    try (FileInputStream file = new FileInputStream(Files.createTempFile("open", null).toFile())) {
      assertThatThrownBy(() -> Travel.call(f(CodecTest::echo), file))
          .isInstanceOf(NotSendableException.class)
          .hasMessageContaining("argument 1 of taskpool.codec.CodecTest#echo")
          .hasMessageContaining("java.io.FileInputStream");
      Fn.F0<Integer> captures = file::available;
      assertThatThrownBy(() -> Travel.call(captures))
          .isInstanceOf(NotSendableException.class)
          .hasMessageContaining("captured value 1")
          .hasMessageContaining("java.io.FileInputStream");
    }
  }

  @Test
  void refusesWhatWouldArriveAsSomethingElse() {
    assertThatThrownBy(() -> Travel.call(f(CodecTest::nameOf), new Dog()))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("Dog")
        .hasMessageContaining("Animal");
    assertThatThrownBy(() -> Travel.call(f(CodecTest::radius), new Circle(1)))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("Circle");
  }

  @Test
  void refusesAClassOfOnesOwnWhereOnlyObjectIsDeclaredAndSaysWhere() {
    assertThatThrownBy(() -> Travel.call(f(CodecTest::echo), List.of(1, new Point(1, 2))))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("Point")
        .hasMessageContaining("[1]");
  }

  @Test
  void refusesThreadsLambdasAndWhatContainsItself() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    Fn.F1<Integer, Integer> lambda = x -> x;
    for (Object value : List.of(new Thread(), lambda, new Object())) {
      assertThatThrownBy(() -> Travel.call(f(CodecTest::echo), value))
          .isInstanceOf(NotSendableException.class);
    }
    assertThatThrownBy(() -> Travel.call(f(CodecTest::echo), self))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("[0][0][0]…: it contains itself");
  }

  @Test
  void refusesAMethodOfAnObjectWithoutData() {
    Fn.F1<Integer, Integer> bound = new Stateless()::twice;
    assertThatThrownBy(() -> Travel.call(bound, 1))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("captured value 1")
        .hasMessageContaining("Stateless");
  }

  static final class Stateless {
    Integer twice(Integer x) {
      return 2 * x;
    }
  }

  @Test
  void refusesAnArgumentOfAnotherTypeThanDeclared() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Fn.F1<Object, Object> square = (Fn.F1) f(CodecTest::square);
    assertThatThrownBy(() -> Travel.call(square, "seven"))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("seven");
  }

  @Test
  void anUnsendableResultIsAnErrorThatNamesIt() {
    Fn.F0<Object> stream = CodecTest::inputStream;
    assertThatThrownBy(() -> Travel.call(stream))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("the result of taskpool.codec.CodecTest#inputStream")
        .hasMessageContaining("ByteArrayInputStream");
  }

  @Test
  void anotherVersionOfTheClassSaysSo() {
    FunctionRef ref = Closure.of(f(CodecTest::square)).function().ref();
    FunctionRef other = new FunctionRef(ref.className(), "", ref.method(), ref.descriptor(), 0, 42);

    assertThatThrownBy(() -> RemoteFunction.resolve(other, getClass().getClassLoader()))
        .isInstanceOf(FunctionVersionException.class)
        .hasMessageContaining("CodecTest is another version");
  }

  @Test
  void aMissingClassSaysSo() {
    FunctionRef ref = new FunctionRef("com.acme.Gone", "", "run", "()V", 0, 42);

    assertThatThrownBy(() -> RemoteFunction.resolve(ref, getClass().getClassLoader()))
        .isInstanceOf(FunctionVersionException.class)
        .hasMessageContaining("com.acme.Gone");
  }

  @Test
  void inABulkTaskEachCallHasItsOwnResult() throws Exception {
    Fn.F1<Integer, Integer> picky =
        x -> {
          if (x % 3 == 0) {
            throw new IllegalArgumentException("no " + x);
          }
          return 10 * x;
        };
    Closure closure = Closure.of(picky);
    byte[] payload = Arguments.encodeBulk(closure, List.of(1, 2, 3, 4), Payloads.inMessages());

    Outcome outcome =
        Results.encode(
            1,
            closure.function(),
            true,
            Travel.run(closure.function(), payload, true),
            Travel::failure,
            Payloads.inMessages());
    List<Object> results = Results.decode(closure.function(), outcome, 4, Payloads.inMessages());

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.MIXED);
    assertThat(results).startsWith(10, 20).endsWith(40).hasSize(4);
    assertThat(((Failure) results.get(2)).message()).isEqualTo("no 3");
  }

  static final class OddException extends Exception {
    private static final long serialVersionUID = 1L;

    OddException(int code) {
      super("code " + code);
    }
  }

  @Test
  void anExceptionComesBackAsItsClassWithTheRemoteStack() {
    Fn.F0<Object> fails =
        () -> {
          throw new java.io.IOException("disk", new IllegalStateException("deep"));
        };
    assertThatThrownBy(() -> Travel.call(fails))
        .isExactlyInstanceOf(java.io.IOException.class)
        .hasMessage("disk")
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("deep");
    assertThatThrownBy(() -> Travel.call(fails))
        .satisfies(
            error -> {
              RemoteStackTrace trace = RemoteStackTrace.of(error).orElseThrow();
              assertThat(trace.worker()).isEqualTo("worker-1");
              assertThat(trace.text()).contains("disk", "CodecTest", "Caused by", "deep");
            });
  }

  @Test
  void anExceptionThatCantBeRebuiltComesBackByName() {
    Fn.F0<Object> fails =
        () -> {
          throw new OddException(7);
        };
    assertThatThrownBy(() -> Travel.call(fails))
        .isExactlyInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("OddException: code 7");
  }

  /** Says nothing of itself but that. */
  private static final class WordlessException extends RuntimeException {
    private final boolean rudely;

    WordlessException(boolean rudely) {
      this.rudely = rudely;
    }

    @Override
    public String getMessage() {
      if (rudely) {
        throw new AssertionError("no message");
      }
      throw new IllegalStateException("no message");
    }
  }

  @Test
  void anExceptionThatFailsToDescribeItselfIsReportedAllTheSame() {
    Fn.F1<Boolean, Object> fails =
        rudely -> {
          throw new WordlessException(rudely);
        };
    assertThatThrownBy(() -> Travel.call(fails, false))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("WordlessException")
        .hasMessageContaining("java.lang.IllegalStateException");
    assertThatThrownBy(() -> Travel.call(fails, true))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("WordlessException")
        .hasMessageContaining("java.lang.AssertionError");
  }

  @Test
  void anEnumOfTheJdkTravels() throws Throwable {
    assertThat(Travel.call(f(TimeUnit::name), TimeUnit.DAYS)).isEqualTo("DAYS");
    EnumMap<Color, Integer> map = new EnumMap<>(Color.class);
    map.put(Color.RED, 1);
    assertThat(Travel.call(f(CodecTest::countColors), map)).isEqualTo(1);
  }

  static int countColors(EnumMap<Color, Integer> colors) {
    return colors.size();
  }

  static Optional<Point> moved(Optional<Point> point) {
    return point.map(p -> p.plus(p));
  }

  @Test
  void anOptionalAsAnArgumentItself() throws Throwable {
    assertThat(Travel.call((Fn.F1<Optional<Point>, Object>) CodecTest::moved, Optional.empty()))
        .isEqualTo(Optional.empty());
    assertThat(
            Travel.call(
                (Fn.F1<Optional<Point>, Object>) CodecTest::moved, Optional.of(new Point(1, 2))))
        .isEqualTo(Optional.of(new Point(2, 4)));
  }
}
