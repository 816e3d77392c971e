package taskpool.benchmarks.contender;

import java.util.Map;

/** W11, first half: a task that submits tasks itself and awaits them. */
final class Subtasks implements Measurement {
  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int tasks = sizes.get("tasks");
    long start = System.nanoTime();
    pool.subtasks(tasks);
    return Map.of("W11.subtasks", Measurement.perSecond(tasks, start));
  }
}
