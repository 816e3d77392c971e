package taskpool.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import taskpool.benchmarks.layers.LayersProgram;

/** {@code benchmarks/run --layers}: starts {@link LayersProgram} and shows what it prints. */
final class LayersRun {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int WANTED_HEAP_GIBIBYTES = 12;

  private final List<JsonNode> figures = new ArrayList<>();
  private final Programs programs;

  LayersRun(Programs programs) {
    this.programs = programs;
  }

  /** Runs it; false if it failed, which it has said itself. */
  boolean run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx" + heapGibibytes() + "g",
                "-Dslf4j.internal.verbosity=ERROR",
                LayersProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    System.err.println("measuring the layers, a minute or three ...");
    Process process = programs.start(builder);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        show(JSON.readTree(line));
        line = lines.readLine();
      }
    }
    return process.waitFor() == 0;
  }

  private void show(JsonNode figure) {
    figures.add(figure);
    System.out.printf(
        "%-48s %12s  %s%n",
        figure.get("name").asText(),
        Spread.format(figure.get("value").asDouble()),
        figure.get("unit").asText());
  }

  /** As much as is wanted, or most of what the machine has. */
  private static long heapGibibytes() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long most = (long) (0.6 * system.getTotalMemorySize()) >> 30;
    return Math.max(1, Math.min(WANTED_HEAP_GIBIBYTES, most));
  }

  String json(Map<String, Object> machine) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("machine", JSON.valueToTree(machine));
    root.putArray("layers").addAll(figures);
    return JSON.writeValueAsString(root) + "\n";
  }
}
