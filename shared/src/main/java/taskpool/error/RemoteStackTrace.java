package taskpool.error;

import java.util.Optional;

/**
 * Where a task's exception was thrown: the worker, and the stack over there as text. It hangs as a
 * suppressed exception on every error that comes back from a task, so that printing the error
 * prints both ends. Like {@code multiprocessing.pool.RemoteTraceback}.
 */
public final class RemoteStackTrace extends Exception {
  private static final long serialVersionUID = 1L;

  private final String worker;
  private final String text;

  /** Creates the note that {@code text} is the stack that {@code worker} saw. */
  public RemoteStackTrace(String worker, String text) {
    super("in " + worker + System.lineSeparator() + text, null, false, false);
    this.worker = worker;
    this.text = text;
  }

  /** The name, process id and host of the worker that ran the task. */
  public String worker() {
    return worker;
  }

  /** The remote stack, with its causes, as {@code printStackTrace} wrote it there. */
  public String text() {
    return text;
  }

  /** The remote stack that hangs on {@code error}, if a task threw it. */
  public static Optional<RemoteStackTrace> of(Throwable error) {
    for (Throwable suppressed : error.getSuppressed()) {
      if (suppressed instanceof RemoteStackTrace trace) {
        return Optional.of(trace);
      }
    }
    return Optional.empty();
  }
}
