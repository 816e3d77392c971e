package taskpool.error;

import java.time.Duration;

/**
 * A task ran longer than it may, see {@code TaskOptions}. The message says which limit it was: the
 * soft one, at which the task was interrupted and then failed with what is the cause here, or the
 * hard one, at which its worker was killed.
 */
public final class TaskTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public TaskTimeoutException(String message) {
    super(message);
  }

  /** A task that was interrupted at its soft limit, and what it threw then. */
  public static TaskTimeoutException ofSoftLimit(long limitNanos, Throwable thrown) {
    TaskTimeoutException error =
        new TaskTimeoutException(
            "the task ran longer than its soft limit of %s and was interrupted"
                .formatted(Duration.ofNanos(limitNanos)));
    error.initCause(thrown);
    return error;
  }

  /** A task that was killed with its worker at its hard limit. */
  public static TaskTimeoutException ofHardLimit(long limitNanos, String worker, long pid) {
    return new TaskTimeoutException(
        "the task ran longer than its hard limit of %s, and its worker was killed: %s (pid %d)"
            .formatted(Duration.ofNanos(limitNanos), worker, pid));
  }
}
