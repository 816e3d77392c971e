package taskpool.coordinator;

import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import taskpool.lifecycle.TaskState;

/** The delayed tasks of all sessions, the next one first. Confined to the coordinator. */
final class DelayQueue {
  private static final int MIN_SWEEP = 64;

  private record Delayed(Task task, long dueNanos, long number) {}

  private final PriorityQueue<Delayed> queue = new PriorityQueue<>(DelayQueue::compare);
  private long lastNumber;

  /** About how many of its tasks have ended. */
  private int ended;

  private static int compare(Delayed one, Delayed other) {
    long difference = one.dueNanos - other.dueNanos;
    return Long.signum(difference == 0 ? one.number - other.number : difference);
  }

  void add(Task task, long dueNanos) {
    queue.add(new Delayed(task, dueNanos, ++lastNumber));
  }

  /** Takes the next task whose time has come; null if there is none. */
  @Nullable Task poll(long nowNanos) {
    dropEnded();
    Delayed first = queue.peek();
    if (first == null || first.dueNanos - nowNanos > 0) {
      return null;
    }
    queue.remove();
    return first.task;
  }

  /** When the next task is due; empty if there is none. */
  OptionalLong nextDueNanos() {
    dropEnded();
    Delayed first = queue.peek();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.dueNanos);
  }

  private void dropEnded() {
    while (!queue.isEmpty() && queue.element().task.state() != TaskState.DELAYED) {
      queue.remove();
      ended--;
    }
  }

  /** A task in here is about to end; ended ones are swept out when they are half of it. */
  void leaves() {
    ended++;
    if (ended > MIN_SWEEP && ended > queue.size() / 2) {
      queue.removeIf(delayed -> delayed.task.state() != TaskState.DELAYED);
      ended = 1;
    }
  }
}
