package taskpool.benchmarks.contender;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The chart: throughput by the length of the tasks. */
final class ByTaskLength implements Measurement {
  private static final int[] LENGTHS_MICROS = {1, 10, 100, 1_000, 10_000, 100_000};
  private static final int FEWEST = 8;

  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (int micros : LENGTHS_MICROS) {
      rates.put("throughput.%dus".formatted(micros), rate(pool, micros, sizes));
    }
    return rates;
  }

  /** More tasks each time, until they take long enough to be told apart from the start. */
  private static double rate(Contender pool, int micros, Sizes sizes) throws Exception {
    long enoughNanos = sizes.get("millis") * 1_000_000L;
    int most = sizes.get("tasks");
    int tasks = FEWEST;
    while (true) {
      long start = System.nanoTime();
      run(pool, micros, tasks);
      if (tasks >= most || System.nanoTime() - start >= enoughNanos) {
        return Measurement.perSecond(tasks, start);
      }
      tasks = Math.min(most, 2 * tasks);
    }
  }

  private static void run(Contender pool, int micros, int tasks) throws Exception {
    List<Contender.Pending<Long>> pending = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      pending.add(pool.burn(micros * 1_000L));
    }
    for (Contender.Pending<Long> task : pending) {
      task.await();
    }
  }
}
