package taskpool.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The workers that ran a task died each time, so it is quarantined: it is not tried again, because
 * it may be what kills them (by {@code System.exit}, a crash in native code, more memory than the
 * system gives). Carries how each of them ended; what it inherits is of the last one. The cause of
 * the handle's {@code ExecutionException}; the pool goes on with other tasks.
 */
public final class PoisonTaskException extends WorkerLostException {
  private static final long serialVersionUID = 1L;

  private final transient List<WorkerDeath> deaths;

  /**
   * Creates the exception.
   *
   * @param deaths of each worker that ran the task, in that order; at least one
   */
  public PoisonTaskException(List<WorkerDeath> deaths) {
    super(describe(deaths), deaths.get(deaths.size() - 1));
    this.deaths = List.copyOf(deaths);
  }

  /** How each worker that ran the task ended, in the order of the attempts. */
  public List<WorkerDeath> deaths() {
    return deaths;
  }

  private static String describe(List<WorkerDeath> deaths) {
    String each = deaths.stream().map(WorkerDeath::describe).collect(Collectors.joining("; "));
    String last =
        deaths.get(deaths.size() - 1).lastLine().map(line -> "; it last wrote: " + line).orElse("");
    return "the task is quarantined, %d workers that ran it died: %s%s"
        .formatted(deaths.size(), each, last);
  }
}
