package taskpool.lifecycle;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a task is in its life, and the only legal ways on. What is not in {@link #TABLE} throws.
 *
 * <p>A user's exception ends a task ({@code FAILED}); a worker's death does not, while attempts are
 * left. The three last states are final: a task ends once.
 */
public enum TaskState {
  /** Waits for its time: it was submitted with a delay, or has failed and will be tried again. */
  DELAYED,
  /** Waits in its lane at the coordinator, or for another task with its key. */
  QUEUED,
  /** Held by a worker, started or about to be. */
  LEASED,
  /** Ended with a result. */
  FINISHED,
  /** Ended with an error. */
  FAILED,
  /** Ended before it had a result, because somebody wanted it so. */
  CANCELLED;

  /** The table: state × event → next state. */
  public static final Map<TaskState, Map<TaskEvent, TaskState>> TABLE = table();

  private static Map<TaskState, Map<TaskEvent, TaskState>> table() {
    Map<TaskState, Map<TaskEvent, TaskState>> table = new EnumMap<>(TaskState.class);
    table.put(
        DELAYED,
        Map.of(
            TaskEvent.DUE, QUEUED,
            TaskEvent.CANCEL, CANCELLED,
            TaskEvent.GIVE_UP, FAILED));
    table.put(
        QUEUED,
        Map.of(
            TaskEvent.LEASE, LEASED,
            TaskEvent.SHARE, FINISHED,
            TaskEvent.REFUSE, FAILED,
            TaskEvent.CANCEL, CANCELLED,
            TaskEvent.GIVE_UP, FAILED));
    table.put(
        LEASED,
        Map.of(
            TaskEvent.RETURN, QUEUED,
            TaskEvent.LOSE, QUEUED,
            TaskEvent.RETRY, DELAYED,
            TaskEvent.QUARANTINE, FAILED,
            TaskEvent.EXPIRE, FAILED,
            TaskEvent.FINISH, FINISHED,
            TaskEvent.FAIL, FAILED,
            TaskEvent.CANCEL, CANCELLED));
    for (TaskState state : values()) { // looked at three times for every task
      Map<TaskEvent, TaskState> ways = new EnumMap<>(TaskEvent.class);
      ways.putAll(table.getOrDefault(state, Map.of()));
      table.put(state, Collections.unmodifiableMap(ways));
    }
    return Collections.unmodifiableMap(table);
  }

  /**
   * The state after an event.
   *
   * @throws IllegalStateException if the event is not possible in this state
   */
  public TaskState on(TaskEvent event) {
    TaskState next = TABLE.getOrDefault(this, Map.of()).get(event);
    if (next == null) {
      throw new IllegalStateException("a task that is " + this + " can't " + event);
    }
    return next;
  }

  /** Whether the task has ended. */
  public boolean isFinal() {
    return TABLE.getOrDefault(this, Map.of()).isEmpty();
  }

  /** The table as a Mermaid state diagram, for the documentation. */
  public static String diagram() {
    StringBuilder diagram =
        new StringBuilder(
            "stateDiagram-v2\n    [*] --> QUEUED: submitted\n    [*] --> DELAYED: submitted with a delay\n");
    for (TaskState from : values()) {
      for (TaskEvent event : TaskEvent.values()) {
        TaskState to = TABLE.getOrDefault(from, Map.of()).get(event);
        if (to != null) {
          diagram.append("    %s --> %s: %s\n".formatted(from, to, event.label()));
        }
      }
    }
    diagram.append(
        Arrays.stream(values())
            .filter(TaskState::isFinal)
            .map(state -> "    " + state + " --> [*]\n")
            .collect(Collectors.joining()));
    return diagram.toString();
  }
}
