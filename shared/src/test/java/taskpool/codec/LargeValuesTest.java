package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import taskpool.error.NotSendableException;
import taskpool.payload.PayloadFolder;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;

/** Arguments and results that lie in files. */
class LargeValuesTest {
  private static final int LARGE = 3 * Payloads.FILE_FROM_BYTES;

  private final PayloadFolder folder = PayloadFolder.create().orElseThrow();
  private final Payloads payloads = folder.ofClient();

  static Object[] mix(String name, byte[] bytes, int number) {
    return new Object[] {name, bytes, number};
  }

  static byte[] half(byte[] bytes, Integer mark) {
    if (mark == null) {
      throw new IllegalArgumentException("no mark");
    }
    return mark == 0 ? null : Arrays.copyOf(bytes, bytes.length / 2);
  }

  interface F2<A, B, R> extends java.io.Serializable {
    R apply(A a, B b) throws Exception;
  }

  interface F3<A, B, C, R> extends java.io.Serializable {
    R apply(A a, B b, C c);
  }

  private static <A, B, R> Closure closure(F2<A, B, R> function) {
    return Closure.of(function);
  }

  @AfterEach
  void remove() {
    folder.remove();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private List<Object> run(Closure closure, byte[] payload, boolean bulk) throws IOException {
    List<Object> results = new ArrayList<>();
    Arguments.decode(
        closure.function(),
        payload,
        bulk,
        payloads,
        arguments -> {
          try {
            results.add(closure.function().invoke(arguments));
          } catch (Throwable e) {
            results.add(Failure.of(e, "worker-1"));
          }
        });
    return results;
  }

  @Test
  void byteArraysBetweenOtherValues() throws IOException {
    for (int length : new int[] {0, 1, 23, 24, 255, 256, 4095, 4096, 65_535, 65_536, LARGE}) {
      String filler = "é".repeat(Payloads.FILE_FROM_BYTES / 2);
      F3<String, byte[], Integer, Object[]> mix = LargeValuesTest::mix;
      Closure closure = Closure.of(mix);
      byte[] payload =
          Arguments.encodeBulk(closure, Arrays.asList(filler, bytes(length), length), payloads);
      assertThat(Payloads.isInFile(payload)).isTrue();
      List<Object> results = run(closure, payload, false);
      Outcome outcome =
          Results.encode(1, closure.function(), false, results, Travel::failure, payloads);
      assertThat(Payloads.isInFile(outcome.payload())).isTrue();
      assertThat((Object[]) Results.decode(closure.function(), outcome, 1, payloads).get(0))
          .containsExactly(filler, bytes(length), length);
      payloads.release(payload);
      payloads.release(outcome.payload());
    }
  }

  @Test
  void manyCallsWithResultsNullsAndFailures() throws IOException {
    Closure closure = closure(LargeValuesTest::half);
    List<Object> calls = new ArrayList<>();
    for (Integer mark : Arrays.asList(1, 0, null, 2)) {
      calls.add(bytes(LARGE));
      calls.add(mark);
    }
    byte[] payload = Arguments.encodeBulk(closure, calls, payloads);
    List<Object> results = run(closure, payload, true);
    Outcome outcome =
        Results.encode(1, closure.function(), true, results, Travel::failure, payloads);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.MIXED);
    List<Object> back = Results.decode(closure.function(), outcome, 4, payloads);
    assertThat(back.get(0)).isEqualTo(bytes(LARGE / 2));
    assertThat(back.get(1)).isNull();
    assertThat(((Failure) back.get(2)).message()).isEqualTo("no mark");
    assertThat(back.get(3)).isEqualTo(bytes(LARGE / 2));
  }

  static long total(List<byte[]> arrays, byte[] none) {
    return none == null ? arrays.stream().mapToLong(array -> array.length).sum() : -1;
  }

  @Test
  void byteArraysInsideOfOtherValues() throws IOException {
    Closure closure = closure(LargeValuesTest::total);
    byte[] payload =
        Arguments.encodeBulk(
            closure, Arrays.asList(Collections.nCopies(5, bytes(LARGE)), null), payloads);
    assertThat(run(closure, payload, false).get(0)).isEqualTo(5L * LARGE);
  }

  @Test
  void whatCantBeSentLeavesNoFile() {
    F2<Object, Object, Object> function = (a, b) -> a;
    Closure closure = Closure.of(function);
    assertThatThrownBy(
            () -> Arguments.encodeBulk(closure, List.of(bytes(LARGE), new Thread()), payloads))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("argument 2");
    assertThat(folder.path().toFile().list()).containsExactly("owner.lock");
  }

  @Test
  void argumentsThatAreGoneAreAnError() {
    Closure closure = closure(LargeValuesTest::half);
    byte[] payload = Arguments.encodeBulk(closure, List.of(bytes(LARGE), 1), payloads);
    payloads.release(payload);
    assertThatThrownBy(() -> run(closure, payload, false)).isInstanceOf(IOException.class);
  }
}
