package taskpool.benchmarks;

import java.util.List;
import java.util.Locale;

/** The median of some figures, the least and the greatest. */
record Spread(double median, double min, double max) {

  /**
   * Sums figures up; the median of an even number of them is the mean of the two in the middle.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("no figures");
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int size = sorted.size();
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(size - 1));
  }

  /** A number with about three digits that count, and no more than the figure is good for. */
  static String format(double value) {
    double size = Math.abs(value);
    if (size >= 100) {
      return "%,d".formatted(Math.round(value));
    }
    if (value == Math.rint(value)) {
      return "%d".formatted(Math.round(value));
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }
}
