package taskpool.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** W5: tasks that keep a core busy, all submitted at once: how busy are both cores? */
final class Utilisation implements Measurement {
  private static final int CORES = 2;
  private static final double PERCENT = 100;

  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int tasks = sizes.get("tasks");
    long cpuNanos = sizes.get("cpuMicros") * 1_000L;
    long start = System.nanoTime();
    List<Contender.Pending<Long>> pending = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      pending.add(pool.burn(cpuNanos));
    }
    long used = 0;
    for (Contender.Pending<Long> task : pending) {
      used += task.await();
    }
    long wall = System.nanoTime() - start;
    return Map.of("W5", PERCENT * used / (CORES * wall));
  }
}
