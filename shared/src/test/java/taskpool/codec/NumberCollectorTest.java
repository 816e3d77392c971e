package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberCollectorTest {
  @Test
  void isTheListThatAnyOtherWouldBe() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (Class<?> type : List.of(Integer.class, Long.class, Double.class)) {
      for (int length = 0; length < 60; length++) {
        int strangerAt = random.nextInt(80);
        List<Object> expected = new ArrayList<>();
        List<Object> collected = new NumberCollector(type);
        for (int i = 0; i < length; i++) {
          Object value =
              i == strangerAt ? "stranger" : i == strangerAt + 9 ? null : any(type, random);
          expected.add(value);
          collected.add(value);
        }
        assertThat(collected).as("seed %d", seed).isEqualTo(expected);
        assertThat(((NumberCollector) collected).hasOnlyNumbers())
            .as("seed %d", seed)
            .isEqualTo(length <= strangerAt);
      }
    }
  }

  private static Object any(Class<?> type, Random random) {
    if (type == Integer.class) {
      return random.nextInt();
    }
    return type == Long.class ? (Object) random.nextLong() : (Object) random.nextGaussian();
  }

  @Test
  void keepsWhatIsSpecialAboutDoubles() {
    List<Object> collected = new NumberCollector(Double.class);
    List<Object> special =
        List.of(-0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE);
    collected.addAll(special);

    assertThat(collected).isEqualTo(special);
  }
}
