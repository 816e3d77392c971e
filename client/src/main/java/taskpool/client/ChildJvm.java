package taskpool.client;

import taskpool.process.ExitCode;
import taskpool.process.JvmStart;
import taskpool.process.MarkedProcess;

/** A JVM that this process has started to be a process of its own. Thread-safe. */
public final class ChildJvm {
  private final MarkedProcess marked;
  private boolean killed;
  private boolean terminatedEarly;

  ChildJvm(MarkedProcess marked) {
    this.marked = marked;
  }

  /** The process itself, which is ended by the methods here. */
  public Process process() {
    return marked.process();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process().isAlive();
  }

  /**
   * Tells it to end, with SIGTERM. It is killed if it is still coming up: a JDK that gets SIGTERM
   * then may take its own shutdown for an error, complain of it on standard error, and exit with 1.
   * Does not wait, and does nothing if it has ended or been killed.
   */
  public synchronized void terminate() {
    if (killed || !isAlive()) {
      return;
    }
    if (JvmStart.hasReachedMain(process())) {
      // by the signal alone: at the end of its standard input it would exit as if it had none
      boolean unused = process().toHandle().destroy();
    } else {
      terminatedEarly = true; // should it reach main just now, it dies all the same
      marked.kill();
    }
  }

  /** Kills it and all that it has started. Does not wait, and does nothing if it has ended. */
  public synchronized void kill() {
    if (isAlive()) {
      killed = true;
      marked.kill();
    }
  }

  /** Kills all that it has started. Called after its exit. */
  void killLeftovers() {
    marked.killLeftovers();
  }

  /**
   * As {@link ExitCode#of} gives it; that of SIGTERM if it was terminated, by whichever means.
   *
   * @throws IllegalThreadStateException if it has not ended
   */
  public synchronized int exitCode() {
    int code = ExitCode.of(process());
    return terminatedEarly && code == ExitCode.KILLED ? ExitCode.TERMINATED : code;
  }
}
