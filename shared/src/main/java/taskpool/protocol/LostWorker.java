package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Optional;
import taskpool.error.CrashReport;
import taskpool.process.ExitCode;

/**
 * What is known of a dead worker.
 *
 * @param name empty when no worker could be started at all
 * @param exitCode negative signal number when a signal ended it
 * @param lastOutput its last lines, oldest first
 * @param crashReport what its JVM wrote if it crashed in native code
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record LostWorker(
    String name,
    long pid,
    int exitCode,
    List<String> lastOutput,
    Optional<CrashReport> crashReport) {

  /** How the line begins with which a worker says why its initializer failed. */
  public static final String INITIALIZER_FAILED = "the initializer failed: ";

  /** How the line begins that says that a worker was not up in time. */
  public static final String TOO_LATE =
      "it had not reported for work, after its initializer if there is one, within ";

  public LostWorker {
    lastOutput = List.copyOf(lastOutput);
  }

  /** One without a crash report. */
  public LostWorker(String name, long pid, int exitCode, List<String> lastOutput) {
    this(name, pid, exitCode, lastOutput, Optional.empty());
  }

  /** One that stopped answering, and was killed for that. */
  public static LostWorker unresponsive(WorkerInfo info) {
    return new LostWorker(
        info.name(),
        info.pid(),
        ExitCode.KILLED,
        List.of("(nothing: it stopped answering, so it was given up and killed)"));
  }

  /** The same end, not of a certain worker but of the last that was tried to start. */
  public LostWorker asLastTried() {
    return new LostWorker("", pid, exitCode, lastOutput, crashReport);
  }
}
