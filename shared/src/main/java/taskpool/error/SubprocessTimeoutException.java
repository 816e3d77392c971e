package taskpool.error;

/** An outside program ran longer than it was allowed to, and has been killed. */
public final class SubprocessTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the command and its limit. */
  public SubprocessTimeoutException(String message) {
    super(message);
  }
}
