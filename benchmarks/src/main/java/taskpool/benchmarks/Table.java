package taskpool.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The figures as text: medians, what they are to the peers' and to the goal; then the spreads. */
final class Table {
  private static final String NONE = "-";
  private static final String FAILED = "failed";
  private static final String GAP = "  ";

  private final Results results;
  private final Set<Workload> workloads;
  private final List<Entrant> columns;

  Table(Results results, Set<Workload> workloads, Set<Entrant> entrants) {
    this.results = results;
    this.workloads = workloads;
    this.columns =
        entrants.stream()
            .filter(entrant -> workloads.stream().anyMatch(workload -> workload.isFor(entrant)))
            .toList();
  }

  String medians() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("line", "unit"));
    columns.forEach(entrant -> head.add(entrant.label()));
    head.addAll(List.of(": best peer", ": mp.Pool", "goal", ""));
    rows.add(head);
    for (Workload workload : workloads) {
      for (Line line : workload.lines()) {
        rows.add(medianRow(workload, line));
      }
    }
    return align(rows) + failures();
  }

  private List<String> medianRow(Workload workload, Line line) {
    Map<Entrant, Spread> figures = results.spreads(workload, line);
    List<String> row = new ArrayList<>(List.of(line.name(), line.unit()));
    for (Entrant entrant : columns) {
      row.add(cell(workload, entrant, figures.get(entrant), s -> Spread.format(s.median())));
    }
    row.add(ratio(figures, bestPeer(line, figures)));
    row.add(ratio(figures, Optional.of(Entrant.MP_POOL)));
    Goal goal = line.goal();
    row.add(goal == null ? "" : goal.toString());
    row.add(goal == null ? "" : goal.met(figures).map(met -> met ? "met" : "NOT MET").orElse("?"));
    return row;
  }

  private interface Format {
    String of(Spread spread);
  }

  private String cell(Workload workload, Entrant entrant, @Nullable Spread spread, Format format) {
    if (results.failure(workload, entrant).isPresent()) {
      return FAILED;
    }
    return spread == null ? NONE : format.of(spread);
  }

  private static Optional<Entrant> bestPeer(Line line, Map<Entrant, Spread> figures) {
    Comparator<Map.Entry<Entrant, Spread>> byMedian =
        Comparator.comparingDouble(figure -> figure.getValue().median());
    return figures.entrySet().stream()
        .filter(figure -> figure.getKey().isPeer())
        .max(line.moreIsBetter() ? byMedian : byMedian.reversed())
        .map(Map.Entry::getKey);
  }

  private static String ratio(Map<Entrant, Spread> figures, Optional<Entrant> peer) {
    Spread ours = figures.get(Entrant.TASKPOOL);
    Spread theirs = peer.map(figures::get).orElse(null);
    return ours == null || theirs == null
        ? NONE
        : String.format(Locale.ROOT, "%.2f", ours.median() / theirs.median());
  }

  private String failures() {
    StringBuilder text = new StringBuilder();
    for (Workload workload : workloads) {
      for (Entrant entrant : columns) {
        results
            .failure(workload, entrant)
            .ifPresent(
                reason ->
                    text.append("%s failed %s: %s%n".formatted(entrant, workload.id(), reason)));
      }
    }
    return text.toString();
  }

  /** The least and the greatest of each figure. */
  String spreads() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("min .. max", "unit"));
    columns.forEach(entrant -> head.add(entrant.label()));
    rows.add(head);
    for (Workload workload : workloads) {
      for (Line line : workload.lines()) {
        Map<Entrant, Spread> figures = results.spreads(workload, line);
        List<String> row = new ArrayList<>(List.of(line.name(), line.unit()));
        for (Entrant entrant : columns) {
          row.add(
              cell(
                  workload,
                  entrant,
                  figures.get(entrant),
                  s -> Spread.format(s.min()) + " .. " + Spread.format(s.max())));
        }
        rows.add(row);
      }
    }
    return align(rows);
  }

  /** The first two columns and the last two to the left, numbers to the right. */
  static String align(List<List<String>> rows) {
    int columns = rows.get(0).size();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder out = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        String pad = " ".repeat(width - row.get(column).length());
        boolean left = column < 2 || rows.get(0).get(column).matches("goal|");
        out.append(column == 0 ? "" : GAP);
        out.append(left ? row.get(column) + pad : pad + row.get(column));
      }
      text.append(out.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
