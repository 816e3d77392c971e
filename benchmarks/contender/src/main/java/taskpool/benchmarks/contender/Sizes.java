package taskpool.benchmarks.contender;

import java.util.Map;
import java.util.TreeMap;

/** How large a workload is to be: numbers by name, {@code tasks=1000} on the command line. */
public record Sizes(Map<String, Integer> byName) {

  public Sizes {
    byName = Map.copyOf(byName);
  }

  /** Reads the arguments from the second on. */
  static Sizes parse(String... arguments) {
    Map<String, Integer> sizes = new TreeMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      sizes.put(parts[0], Integer.valueOf(parts[1]));
    }
    return new Sizes(sizes);
  }

  /**
   * One of the numbers.
   *
   * @throws IllegalArgumentException if it was not given
   */
  public int get(String name) {
    Integer size = byName.get(name);
    if (size == null) {
      throw new IllegalArgumentException("size " + name + "=… is missing");
    }
    return size;
  }
}
