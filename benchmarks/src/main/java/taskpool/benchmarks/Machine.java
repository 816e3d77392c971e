package taskpool.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the figures were measured on, and how. */
final class Machine {
  private static final String UNKNOWN = "unknown";

  private Machine() {}

  /** Facts by name, in the order in which to show them. */
  static Map<String, Object> describe(List<String> arguments) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("cpu", valueOf(Path.of("/proc/cpuinfo"), "model name"));
    facts.put("memory", valueOf(Path.of("/proc/meminfo"), "MemTotal"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("python", python());
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("command", ("benchmarks/run " + String.join(" ", arguments)).strip());
    return facts;
  }

  private static String valueOf(Path file, String key) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String python() {
    try {
      Process process =
          new ProcessBuilder("python3", "--version").redirectErrorStream(true).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return answer.replace("Python ", "");
    } catch (IOException e) {
      return "none";
    }
  }
}
