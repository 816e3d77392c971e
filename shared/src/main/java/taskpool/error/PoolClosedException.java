package taskpool.error;

import java.util.concurrent.RejectedExecutionException;

/**
 * The pool takes no more tasks, or was terminated before this task had ended. Thrown by submitting
 * calls after {@code shutdown}, {@code close} or {@code terminate}, and the cause of the {@code
 * ExecutionException} of every handle that {@code terminate} left unfinished.
 */
public final class PoolClosedException extends RejectedExecutionException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with what was refused or given up. */
  public PoolClosedException(String message) {
    super(message);
  }
}
