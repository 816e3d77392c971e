package taskpool.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table: one figure of a workload.
 *
 * @param goal what is aimed at; null if nothing is
 */
record Line(String name, String unit, boolean moreIsBetter, @Nullable Goal goal) {

  /** A figure of which more is better. */
  static Line rate(String name, String unit, @Nullable Goal goal) {
    return new Line(name, unit, true, goal);
  }

  /** A figure of which less is better. */
  static Line cost(String name, String unit, @Nullable Goal goal) {
    return new Line(name, unit, false, goal);
  }
}
