package taskpool.chaos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of a run, as its last line gives them. */
record Report(
    History history,
    Verdict verdict,
    int slotsStart,
    int slotsEnd,
    int leakedProcesses,
    int leakedFds) {

  String toJson() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("tasks", history.tasks());
    figures.put("lost", verdict.lost().size());
    figures.put("doubled", verdict.doubled().size());
    figures.put("reruns", verdict.reruns());
    figures.put("kills", history.count(Sabotage.Kind.KILL));
    figures.put("pauses", history.count(Sabotage.Kind.PAUSE));
    figures.put("slots_start", slotsStart);
    figures.put("slots_end", slotsEnd);
    figures.put("leaked_processes", leakedProcesses);
    figures.put("leaked_fds", leakedFds);
    return figures.entrySet().stream()
        .map(figure -> "\"%s\":%d".formatted(figure.getKey(), figure.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
