package taskpool.benchmarks.contender;

import java.util.List;
import java.util.Map;

/** How a workload is done and measured, once. */
interface Measurement {
  /** Does it; gives the figures by the names of the harness's lines. */
  Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception;

  /** All of them; the harness's list of workloads names the same. */
  static Measurement of(String workload) {
    return switch (workload) {
      case "W1" -> new Throughput();
      case "W2" -> new Latency();
      case "W3" -> new BulkMap();
      case "W4" -> new Echo();
      case "W5" -> new Utilisation();
      case "W8", "W8.batch" -> new QueueTransfer(workload);
      case "W9" -> new BarrierRounds();
      case "W11.subtasks" -> new Subtasks();
      case "W11.fair" -> new Fairness();
      case "chart" -> new ByTaskLength();
      default -> throw new IllegalArgumentException("there is no workload " + workload);
    };
  }

  /** How often something happened in a second. */
  static double perSecond(double count, long startNanos) {
    return count * 1e9 / (System.nanoTime() - startNanos);
  }

  /** The smallest value that so much of all values are not above, by nearest rank. */
  static double percentile(List<Double> values, double fraction) {
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(fraction * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
