package taskpool.error;

import java.util.List;
import java.util.Optional;
import taskpool.process.ExitCode;

/**
 * How a worker ended that nobody had asked to. Immutable.
 *
 * @param worker its name, such as {@code worker-3}; empty for one that never came up
 * @param pid its process id; 0 if no process could even be started
 * @param exitCode the negative signal number if a signal ended it, as in Python
 * @param lastOutput the last lines that it wrote, oldest first; at most 50, and a very long one is
 *     cut off. If it was killed for not having come up in time, that stands behind them
 * @param crashReport what its JVM wrote if it crashed in native code
 */
public record WorkerDeath(
    String worker,
    long pid,
    int exitCode,
    List<String> lastOutput,
    Optional<CrashReport> crashReport) {
  public WorkerDeath {
    lastOutput = List.copyOf(lastOutput);
  }

  /** The name of the signal that ended it, such as {@code SIGKILL}; empty if none did. */
  public Optional<String> signal() {
    return ExitCode.signal(exitCode);
  }

  /** The last line that it wrote and that is not blank, if there is one. */
  public Optional<String> lastLine() {
    return lastOutput.stream().filter(line -> !line.isBlank()).reduce((first, second) -> second);
  }

  /** All but the output, for a message: {@code worker-3 (pid 4711) by SIGKILL (exit code -9)}. */
  String describe() {
    String code = "exit code " + exitCode;
    return "%s (pid %d) %s%s"
        .formatted(
            worker,
            pid,
            signal().map(name -> "by " + name + " (" + code + ")").orElse("with " + code),
            crashReport.map(report -> ", crash report in " + report.file()).orElse(""));
  }
}
