package taskpool.process;

/** How a process ended, as a number. */
public final class ExitCode {
  private static final int SIGNAL_BASE = 128;
  private static final int MAX_SIGNAL = 64;

  private ExitCode() {}

  /**
   * The exit code of a process that has ended, as {@code multiprocessing.Process.exitcode} and
   * {@code Popen.returncode} give it: the negative signal number if a signal ended it. Java gives
   * 128 more than the number then, so a process that exits with 129 to 192 by itself can't be told
   * apart.
   */
  public static int of(Process process) {
    int code = process.exitValue();
    return code > SIGNAL_BASE && code <= SIGNAL_BASE + MAX_SIGNAL ? SIGNAL_BASE - code : code;
  }
}
