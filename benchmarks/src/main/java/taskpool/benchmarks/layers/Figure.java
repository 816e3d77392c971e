package taskpool.benchmarks.layers;

import java.util.Locale;

/** One figure of a layer. */
record Figure(String name, double value, String unit) {

  /** A line of JSON. */
  String json() {
    return String.format(
        Locale.ROOT, "{\"name\": \"%s\", \"value\": %.2f, \"unit\": \"%s\"}", name, value, unit);
  }
}
