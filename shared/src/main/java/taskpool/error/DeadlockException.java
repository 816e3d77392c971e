package taskpool.error;

/**
 * Threads wait for one another's locks, in a circle that would never end; thrown to the one that
 * closed it, which does not own the lock that it waited for. The message names the tasks or
 * threads, their processes and the locks. It is found out about a second after the last one began
 * to wait.
 */
public final class DeadlockException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the full explanation. */
  public DeadlockException(String message) {
    super(message);
  }
}
