package taskpool.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The figures for other programs: an object for each line, and one for the machine. */
final class JsonReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static String of(
      Results results, Set<Workload> workloads, Set<Entrant> entrants, Map<String, Object> machine)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("machine", JSON.valueToTree(machine));
    for (Workload workload : workloads) {
      for (Line line : workload.lines()) {
        ObjectNode object = root.putObject(line.name());
        object.put("unit", line.unit());
        Map<Entrant, Spread> spreads = results.spreads(workload, line);
        for (Entrant entrant : entrants) {
          Spread spread = spreads.get(entrant);
          if (spread != null) {
            object.set(entrant.label(), JSON.valueToTree(spread));
          }
          results
              .failure(workload, entrant)
              .ifPresent(reason -> object.putObject(entrant.label()).put("failed", reason));
        }
        Goal goal = line.goal();
        if (goal != null) {
          object.put("goal", goal.toString());
          goal.met(spreads).ifPresent(met -> object.put("met", met));
        }
      }
    }
    return JSON.writeValueAsString(root) + "\n";
  }
}
