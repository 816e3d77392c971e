package taskpool.coordinator;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import taskpool.lifecycle.TaskState;
import taskpool.protocol.Terms;

/**
 * The queued tasks of one session: by priority, and in the order in which they came within one. Who
 * waits rises: after {@value #AGEING_SECONDS} seconds a task stands among those of the next
 * priority that come then, so none waits for ever. The next task costs the same whatever the number
 * of tasks. Confined to the coordinator.
 */
final class Lane {
  static final int AGEING_SECONDS = 5;

  private static final long AGEING_NANOS = AGEING_SECONDS * 1_000_000_000L;
  private static final int MIN_SWEEP = 64;

  private final @Nullable ArrayDeque<Task>[] levels = emptyLevels();

  /** A bit for each level that may have tasks. */
  private int used;

  private int size;

  /** About how many of its tasks have ended. */
  private int ended;

  /** Where the task stands that was looked at last. */
  private int next;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of generic queues can't be made otherwise
  private static @Nullable ArrayDeque<Task>[] emptyLevels() {
    return new ArrayDeque[Terms.HIGHEST + 1];
  }

  private ArrayDeque<Task> level(int priority) {
    ArrayDeque<Task> level = levels[priority];
    if (level == null) {
      level = new ArrayDeque<>();
      levels[priority] = level;
    }
    return level;
  }

  /** Puts a task behind those of its priority. */
  void addLast(Task task) {
    level(task.priority()).addLast(task);
    added(task);
  }

  /** Puts a task before those of its priority, for one that had its turn already. */
  void addFirst(Task task) {
    level(task.priority()).addFirst(task);
    added(task);
  }

  private void added(Task task) {
    used |= 1 << task.priority();
    size++;
  }

  /** The next task without taking it; null if there is none. Drops what has ended. */
  @Nullable Task peek() {
    Task best = null;
    for (int left = used; left != 0; left &= left - 1) {
      int priority = Integer.numberOfTrailingZeros(left);
      Task head = head(priority);
      if (head != null && (best == null || rank(head) - rank(best) >= 0)) {
        best = head;
        next = priority;
      }
    }
    return best;
  }

  private @Nullable Task head(int priority) {
    ArrayDeque<Task> level = level(priority);
    while (!level.isEmpty() && level.element().state() != TaskState.QUEUED) {
      level.remove();
      size--;
      ended--;
    }
    if (level.isEmpty()) {
      used &= ~(1 << priority);
    }
    return level.peek();
  }

  /** Grows with priority and age; only comparable by difference, as the times in it are. */
  private static long rank(Task task) {
    return task.priority() * AGEING_NANOS - task.queuedNanos();
  }

  /** Takes the task out that {@link #peek} has just given. */
  void removeNext() {
    level(next).remove();
    size--;
  }

  /** A task in here is about to end; ended ones are swept out when they are half of it. */
  void leaves() {
    ended++;
    if (ended > MIN_SWEEP && ended > size / 2) {
      size = 0;
      for (ArrayDeque<Task> level : levels) {
        if (level != null) {
          level.removeIf(task -> task.state() != TaskState.QUEUED);
          size += level.size();
        }
      }
      ended = 1;
    }
  }

  void clear() {
    for (int priority = 0; priority < levels.length; priority++) {
      levels[priority] = null;
    }
    used = 0;
    size = 0;
    ended = 0;
  }
}
