package taskpool.process;

import java.util.Map;
import java.util.Optional;

/** How a process ended, as a number. */
public final class ExitCode {
  /** Of one that SIGKILL has ended. */
  public static final int KILLED = -9;

  /** Of one that SIGTERM has ended. */
  public static final int TERMINATED = -15;

  private static final int SIGNAL_BASE = 128;
  private static final int MAX_SIGNAL = 64;

  /** By Linux's numbers; those that end a process. */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(10, "SIGUSR1"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(12, "SIGUSR2"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

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

  /**
   * The name of the signal that an exit code of {@link #of} stands for, such as {@code SIGKILL} for
   * -9; one without a common name is {@code signal 40}. Empty if no signal ended the process.
   */
  public static Optional<String> signal(int exitCode) {
    return exitCode < 0
        ? Optional.of(SIGNALS.getOrDefault(-exitCode, "signal " + -exitCode))
        : Optional.empty();
  }
}
