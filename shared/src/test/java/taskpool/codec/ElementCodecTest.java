package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taskpool.error.NotSendableException;

/** Elements of one thing that is declared in one way here and in another there. */
class ElementCodecTest {

  record Own(String name) {}

  /** Declarations as they stand in parameters. */
  @SuppressWarnings("unused")
  static void declarations(
      List<Long> longs, Map<String, Duration> durations, Set<?> any, List<Own> own) {}

  private static Type declared(int parameter) throws NoSuchMethodException {
    return ElementCodecTest.class.getDeclaredMethod(
            "declarations", List.class, Map.class, Set.class, List.class)
        .getGenericParameterTypes()[parameter];
  }

  static Stream<List<Object>> standardElements() throws NoSuchMethodException {
    return Stream.of(
        List.of(Integer.class, 5),
        List.of(Long.class, 5L),
        List.of(Short.class, (short) 5),
        List.of(Float.class, 5.5f),
        List.of(Double.class, 5.5),
        List.of(Boolean.class, true),
        List.of(Character.class, 'x'),
        List.of(String.class, "text"),
        List.of(BigDecimal.class, new BigDecimal("5.50")),
        List.of(Path.class, Path.of("some", "file")),
        List.of(URI.class, URI.create("http://localhost/")),
        List.of(Duration.class, Duration.ofMillis(5)),
        List.of(Instant.class, Instant.EPOCH),
        List.of(byte[].class, new byte[] {1, 2}),
        List.of(Number.class, 5L),
        List.of(declared(0), List.of(5L, 6L)),
        List.of(declared(1), Map.of("long", Duration.ofDays(1))),
        List.of(declared(2), Set.of(5L)));
  }

  @ParameterizedTest
  @MethodSource("standardElements")
  void aStandardTypeIsTheSameWhetherItIsDeclaredOrNot(List<Object> example) {
    ElementCodec declared = ElementCodec.of((Type) example.get(0), "the queue");
    ElementCodec undeclared = ElementCodec.of(Object.class, "the queue");
    Object element = example.get(1);
    assertThat(undeclared.decode(declared.encode(element))).isEqualTo(element);
    assertThat(declared.decode(undeclared.encode(element))).isEqualTo(element);
    assertThat(declared.encode(element)).isEqualTo(undeclared.encode(element));
  }

  enum Colour {
    RED,
    GREEN
  }

  @Test
  void aStandardElementIsNotTakenForOneOfAnotherDeclaration() {
    byte[] element = ElementCodec.of(Object.class, "the queue").encode(1);
    ElementCodec colours = ElementCodec.of(Colour.class, "the queue");
    assertThatThrownBy(() -> colours.decode(element))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("another declaration");
    assertThat(colours.decode(colours.encode(Colour.GREEN))).isEqualTo(Colour.GREEN);
  }

  @Test
  void aTypeOfOnesOwnIsReadAsDeclared() throws NoSuchMethodException {
    ElementCodec codec = ElementCodec.of(declared(3), "the queue");
    List<Own> element = List.of(new Own("river"));
    assertThat(codec.decode(codec.encode(element))).isEqualTo(element);
  }
}
