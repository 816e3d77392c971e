package taskpool.error;

import java.util.List;
import java.util.Optional;

/**
 * A worker died, and with it the task: no worker can be started at all, or (a {@link
 * PoisonTaskException}) the workers that ran the task died one after the other. Carries how the
 * last worker ended. Immutable as far as taskpool goes; what it says of the worker does not survive
 * Java serialization.
 */
public class WorkerLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient WorkerDeath death;

  /** Creates the exception with the death of the last worker. */
  public WorkerLostException(String message, WorkerDeath death) {
    super(message);
    this.death = death;
  }

  /** How the last worker ended. */
  public WorkerDeath death() {
    return death;
  }

  /** The last worker's exit code; a negative signal number if a signal ended it, as in Python. */
  public int exitCode() {
    return death.exitCode();
  }

  /** The name of the signal that ended the last worker, such as {@code SIGKILL}; empty if none. */
  public Optional<String> signal() {
    return death.signal();
  }

  /** The last lines that the last worker wrote, oldest first; at most 50. */
  public List<String> lastOutput() {
    return death.lastOutput();
  }

  /** What the last worker's JVM wrote if it crashed in native code. */
  public Optional<CrashReport> crashReport() {
    return death.crashReport();
  }
}
