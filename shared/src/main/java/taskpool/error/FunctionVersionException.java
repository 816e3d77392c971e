package taskpool.error;

/**
 * The worker has another version of the function's class than the submitting program, or has it not
 * at all. Nothing was run.
 */
public final class FunctionVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the class and what was found. */
  public FunctionVersionException(String message) {
    super(message);
  }
}
