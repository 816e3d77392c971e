package taskpool.error;

/**
 * A change came with an older token than an earlier one: whoever made it has lost the lock
 * meanwhile, and another one owns it or has owned it. Nothing is changed.
 */
public final class StaleTokenException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the full explanation. */
  public StaleTokenException(String message) {
    super(message);
  }
}
