package taskpool.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** W2: calls of a no-op, each when the one before has come back. */
final class Latency implements Measurement {
  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int calls = sizes.get("calls");
    List<Double> micros = new ArrayList<>(calls);
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      pool.noOp(i).await();
      micros.add((System.nanoTime() - start) / 1e3);
    }
    return Map.of(
        "W2.p50", Measurement.percentile(micros, 0.50),
        "W2.p99", Measurement.percentile(micros, 0.99));
  }
}
