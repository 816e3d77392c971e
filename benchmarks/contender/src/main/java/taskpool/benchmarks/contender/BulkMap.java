package taskpool.benchmarks.contender;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** W3: a map of the identity over many numbers. */
final class BulkMap implements Measurement {
  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int elements = sizes.get("elements");
    List<Integer> numbers = IntStream.range(0, elements).boxed().toList();
    long start = System.nanoTime();
    List<Integer> mapped = pool.map(numbers);
    double rate = Measurement.perSecond(elements, start);
    if (!mapped.equals(numbers)) {
      throw new IllegalStateException("the map of the identity is not the identity");
    }
    return Map.of("W3", rate);
  }
}
