package taskpool.worker.host;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import taskpool.process.ExitCode;
import taskpool.process.ProcessTree;
import taskpool.protocol.LostWorker;
import taskpool.worker.ParentLink;
import taskpool.worker.WorkerBoot;

/** One worker JVM, from its start to its end. Thread-safe. */
final class WorkerProcess {
  private static final long LAST_OUTPUT_MILLIS = 500;

  private final int number;
  private final Process process;
  private final Instant startedAt = Instant.now();
  private final WorkerCommandLine commandLine;
  private final LastLines lastLines = new LastLines();
  private final List<Thread> pumps;

  private WorkerProcess(
      int number, Process process, WorkerCommandLine commandLine, boolean prefixed) {
    this.number = number;
    this.process = process;
    this.commandLine = commandLine;
    String prefix = prefixed ? "[" + name() + "] " : "";
    this.pumps =
        List.of(
            OutputPump.start(
                name() + "-out", process.getInputStream(), () -> System.out, prefix, lastLines),
            OutputPump.start(
                name() + "-err", process.getErrorStream(), () -> System.err, prefix, lastLines));
  }

  static WorkerProcess start(
      int number, WorkerCommandLine commandLine, ClassArchive archive, boolean prefixed)
      throws IOException {
    Process process = commandLine.toProcessBuilder(archive).start();
    return new WorkerProcess(number, process, commandLine, prefixed);
  }

  String name() {
    return "worker-" + number;
  }

  int number() {
    return number;
  }

  Process process() {
    return process;
  }

  /** Tells the process what to do, without waiting for it to listen. */
  void boot(WorkerBoot boot) {
    Thread writer = new Thread(() -> write(boot), name() + "-boot");
    writer.setDaemon(true);
    writer.start();
  }

  private void write(WorkerBoot boot) {
    try {
      boot.writeTo(process.getOutputStream());
    } catch (IOException e) {
      // it is dead already, and its exit will tell
    }
  }

  /** Asks it to end, by saying farewell and ending its standard input. */
  void askToEnd() {
    try (OutputStream input = process.getOutputStream()) {
      input.write(ParentLink.FAREWELL);
    } catch (IOException e) {
      // it has ended
    }
  }

  /** Kills it, and the processes that it started. */
  void kill() {
    ProcessTree.kill(process);
  }

  /** How it ended. Called after its exit; waits a moment for its last output. */
  LostWorker details() throws InterruptedException {
    for (Thread pump : pumps) {
      pump.join(LAST_OUTPUT_MILLIS);
    }
    int exitCode = ExitCode.of(process);
    return new LostWorker(
        name(),
        process.pid(),
        exitCode,
        lastLines.toList(),
        CrashFile.read(commandLine.crashReport(process.pid()), exitCode, startedAt));
  }
}
