package taskpool.error;

import java.util.List;

/**
 * The workers that ran a task died, and its attempts are used up; or no worker can be started at
 * all. Carries the last worker's exit code and last lines of output.
 */
public final class WorkerLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient List<String> lastOutput;

  /**
   * Creates the exception.
   *
   * @param exitCode the exit code of the last worker, a negative signal number if a signal ended it
   */
  public WorkerLostException(String message, int exitCode, List<String> lastOutput) {
    super(message);
    this.exitCode = exitCode;
    this.lastOutput = List.copyOf(lastOutput);
  }

  /** The last worker's exit code; a negative signal number if a signal ended it, as in Python. */
  public int exitCode() {
    return exitCode;
  }

  /** The last lines that the worker wrote, oldest first; at most 50. */
  public List<String> lastOutput() {
    return lastOutput;
  }
}
