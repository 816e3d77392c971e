package taskpool.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import taskpool.lifecycle.TaskEvent;
import taskpool.lifecycle.TaskState;

/** The edges of the life-cycle table that runs have been seen to take. */
final class LifecycleCoverage {
  private final Map<TaskState, Set<TaskEvent>> seen = new EnumMap<>(TaskState.class);

  void see(TaskState from, TaskEvent event) {
    seen.computeIfAbsent(from, state -> EnumSet.noneOf(TaskEvent.class)).add(event);
  }

  void addAll(LifecycleCoverage other) {
    other.seen.forEach((from, events) -> events.forEach(event -> see(from, event)));
  }

  /** The edges that no run has taken. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    TaskState.TABLE.forEach(
        (from, ways) ->
            ways.keySet().stream()
                .filter(event -> !seen.getOrDefault(from, Set.of()).contains(event))
                .forEach(event -> missing.add(from + " -" + event + "->")));
    return missing;
  }
}
