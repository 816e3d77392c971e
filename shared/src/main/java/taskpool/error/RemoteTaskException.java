package taskpool.error;

/**
 * Stands in for a task's exception whose own class does not exist here or cannot be rebuilt from a
 * message. Its message is the original's class name and message.
 */
public final class RemoteTaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;

  /** Creates the stand-in for an exception of class {@code type}. */
  public RemoteTaskException(String type, String message) {
    super(message.isEmpty() ? type : type + ": " + message);
    this.type = type;
  }

  /** The class name of the exception that the task threw. */
  public String type() {
    return type;
  }
}
