package taskpool.benchmarks.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What one call or one task takes. */
record Cost(double nanos, double allocatedBytes) {

  /** The medians of repetitions: one that the machine disturbed does not count. */
  static Cost median(int repetitions, Supplier<Cost> work) {
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      costs.add(work.get());
    }
    return new Cost(median(costs, Cost::nanos), median(costs, Cost::allocatedBytes));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    double[] sorted = costs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
