package taskpool.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.TaskContext;

/** Which task runs on a thread. Set by the worker around every task. */
public final class CurrentTask {
  private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();

  private CurrentTask() {}

  /** The task of this thread. */
  public static Optional<TaskContext> get() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** From now on this thread runs that task. */
  public static void set(TaskContext context) {
    CURRENT.set(context);
  }

  /** This thread runs no task any more. */
  public static void clear() {
    CURRENT.remove();
  }
}
