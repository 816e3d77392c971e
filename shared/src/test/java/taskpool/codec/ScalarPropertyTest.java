package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import taskpool.payload.Payloads;

/** Scalars arrive as they were sent, and what is on the wire is CBOR as Jackson reads it. */
class ScalarPropertyTest {

  record Sample(Scalar type, Object value) {}

  @Property(tries = 500)
  void whatIsWrittenIsReadAgain(@ForAll("samples") @Size(max = 40) List<Sample> samples)
      throws Exception {
    CborReader in = new CborReader(written(samples));

    for (Sample sample : samples) {
      assertThat(sample.type().read(in)).isEqualTo(sample.value());
    }
    assertThat(in.atEnd()).isTrue();
  }

  @Property(tries = 500)
  void jacksonReadsTheSame(@ForAll("samples") @Size(max = 40) List<Sample> samples)
      throws Exception {
    try (JsonParser in = Cbor.MAPPER.getFactory().createParser(written(samples))) {
      for (Sample sample : samples) {
        in.nextToken();
        assertThat(sample.type().read(in)).isEqualTo(sample.value());
      }
      assertThat(in.nextToken()).isNull();
    }
  }

  @Property(tries = 500)
  void manyOfOneTypeAreAListLikeAnyOther(
      @ForAll("samples") @Size(min = 1, max = 40) List<Sample> samples, @ForAll int cut)
      throws Exception {
    Scalar type = samples.get(0).type();
    List<Object> values =
        samples.stream().filter(sample -> sample.type() == type).map(Sample::value).toList();
    List<Object> read = all(type, values);
    int at = Math.floorMod(cut, values.size());
    List<Object> joined =
        Results.concat(
            List.of(
                all(type, values.subList(0, at)), all(type, values.subList(at, values.size()))));

    for (List<Object> list : List.of(read, joined)) {
      if (type == Scalar.BYTES) { // arrays are equal only to themselves
        assertThat(Arrays.deepEquals(list.toArray(), values.toArray())).isTrue();
      } else {
        assertThat(list).isEqualTo(values).hasSameHashCodeAs(values);
      }
    }
    assertThatThrownBy(() -> joined.set(0, null)).isInstanceOf(UnsupportedOperationException.class);
  }

  private static List<Object> all(Scalar type, List<Object> values) throws Exception {
    CborWriter out = new CborWriter(0, Payloads.inMessages());
    for (Object value : values) {
      type.write(value, out);
    }
    return type.readAll(new CborReader(out.finish()), values.size());
  }

  @Property(tries = 500)
  void bytesThatAreCutOffAreAnError(
      @ForAll("samples") @Size(min = 1, max = 5) List<Sample> samples, @ForAll int at)
      throws Exception {
    byte[] whole = written(samples);
    byte[] cut = Arrays.copyOf(whole, Math.floorMod(at, whole.length));
    CborReader in = new CborReader(cut);

    assertThatThrownBy(
            () -> {
              for (Sample sample : samples) {
                sample.type().read(in);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Example
  void halfASurrogatePairIsNotSentAsAQuestionMark() {
    CborWriter out = new CborWriter(1, Payloads.inMessages());

    assertThatThrownBy(() -> Scalar.STRING.write("a\uD83D", out)).isInstanceOf(IOException.class);
  }

  private static byte[] written(List<Sample> samples) throws Exception {
    CborWriter out = new CborWriter(0, Payloads.inMessages());
    for (Sample sample : samples) {
      sample.type().write(sample.value(), out);
    }
    return out.finish();
  }

  @Provide
  Arbitrary<List<Sample>> samples() {
    List<Arbitrary<Sample>> all = new ArrayList<>();
    all.add(Arbitraries.integers().map(value -> new Sample(Scalar.INT, value)));
    all.add(Arbitraries.longs().map(value -> new Sample(Scalar.LONG, value)));
    all.add(
        Arbitraries.of(23L, 24L, 255L, 256L, 65535L, 65536L, 0xFFFFFFFFL, 0x100000000L)
            .flatMap(value -> Arbitraries.of(value, -value, ~value))
            .map(value -> new Sample(Scalar.LONG, value)));
    all.add(
        Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE))
            .map(value -> new Sample(Scalar.DOUBLE, value)));
    all.add(Arbitraries.of(true, false).map(value -> new Sample(Scalar.BOOLEAN, value)));
    all.add(
        Arbitraries.strings()
            .ofMaxLength(300)
            .filter(text -> !text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF))
            .map(value -> new Sample(Scalar.STRING, value)));
    all.add(
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(300)
            .map(value -> new Sample(Scalar.BYTES, value)));
    all.add(Arbitraries.of(Scalar.class).map(type -> new Sample(type, null)));
    return Arbitraries.oneOf(all).list();
  }
}
