package taskpool.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of a run, and what failed. Not thread-safe. */
final class Results {
  private final Map<String, Map<Entrant, List<Double>>> figures = new LinkedHashMap<>();
  private final Map<Workload, Map<Entrant, String>> failures = new EnumMap<>(Workload.class);

  void add(String line, Entrant entrant, List<Double> more) {
    figures
        .computeIfAbsent(line, name -> new EnumMap<>(Entrant.class))
        .computeIfAbsent(entrant, name -> new ArrayList<>())
        .addAll(more);
  }

  /** The first reason counts. */
  void failed(Workload workload, Entrant entrant, String reason) {
    failures
        .computeIfAbsent(workload, w -> new EnumMap<>(Entrant.class))
        .putIfAbsent(entrant, reason);
  }

  /** What each entrant came to in a line, without those that failed. */
  Map<Entrant, Spread> spreads(Workload workload, Line line) {
    Map<Entrant, Spread> spreads = new EnumMap<>(Entrant.class);
    figures
        .getOrDefault(line.name(), Map.of())
        .forEach(
            (entrant, values) -> {
              if (!values.isEmpty() && failure(workload, entrant).isEmpty()) {
                spreads.put(entrant, Spread.of(values));
              }
            });
    return spreads;
  }

  /** Why an entrant has no figures for a workload. */
  Optional<String> failure(Workload workload, Entrant entrant) {
    return Optional.ofNullable(failures.getOrDefault(workload, Map.of()).get(entrant));
  }

  boolean anyFailed() {
    return !failures.isEmpty();
  }
}
