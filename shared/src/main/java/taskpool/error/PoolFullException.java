package taskpool.error;

import java.util.concurrent.RejectedExecutionException;

/**
 * The pool's window of unfinished tasks is full and the pool was built to refuse instead of to
 * block.
 */
public final class PoolFullException extends RejectedExecutionException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the limit that was met. */
  public PoolFullException(String message) {
    super(message);
  }
}
