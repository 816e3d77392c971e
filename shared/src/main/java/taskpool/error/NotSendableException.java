package taskpool.error;

/**
 * A value cannot travel between processes: an argument, a captured value, a function, a result or
 * an error. The message names the value, its type, where in it the trouble lies, and the mend.
 *
 * <p>For what a program submits it is thrown by the submitting call; for a result it is the cause
 * of the handle's {@code ExecutionException}. It corresponds to {@code PicklingError} and {@code
 * MaybeEncodingError} of Python's multiprocessing.
 */
public final class NotSendableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the full explanation. */
  public NotSendableException(String message) {
    super(message);
  }

  /** Creates the exception with the full explanation and what was found underneath. */
  public NotSendableException(String message, Throwable cause) {
    super(message, cause);
  }
}
