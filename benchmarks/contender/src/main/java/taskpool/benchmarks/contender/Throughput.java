package taskpool.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** W1: many no-ops, submitted one by one without waiting, then all awaited. */
final class Throughput implements Measurement {
  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int tasks = sizes.get("tasks");
    long start = System.nanoTime();
    List<Contender.Pending<Integer>> pending = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      pending.add(pool.noOp(i));
    }
    for (Contender.Pending<Integer> task : pending) {
      task.await();
    }
    return Map.of("W1", Measurement.perSecond(tasks, start));
  }
}
