package taskpool.deploy.cli;

/** The exit codes of every command, as {@code --help} lists them. */
public final class CommandExit {
  /** All well. */
  public static final int OK = 0;

  /** Something failed: a file that was not copied, a pool that did not start. */
  public static final int FAILED = 1;

  /** The command line can't be carried out as it is written. */
  public static final int USAGE = 2;

  /** Ctrl-C: 128 and the number of the signal, as the JVM ends by itself. */
  public static final int INTERRUPTED = 130;

  private CommandExit() {}
}
