package taskpool.worker.host;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.process.ExitCode;
import taskpool.process.ProcessMark;
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
  private final JvmCommandLine commandLine;
  private final ProcessMark mark;
  private final LastLines lastLines = new LastLines();
  private final List<CompletableFuture<@Nullable Void>> pumps;
  private volatile Optional<String> killedFor = Optional.empty();

  private WorkerProcess(
      int number, Process process, JvmCommandLine commandLine, ProcessMark mark, boolean prefixed) {
    this.number = number;
    this.process = process;
    this.commandLine = commandLine;
    this.mark = mark;
    String prefix = prefixed ? "[" + name() + "] " : "";
    this.pumps =
        List.of(
            OutputPump.start(
                name() + "-out", process.getInputStream(), () -> System.out, prefix, lastLines),
            OutputPump.start(
                name() + "-err", process.getErrorStream(), () -> System.err, prefix, lastLines));
  }

  /**
   * Starts one.
   *
   * @param mark for it and all that its tasks start
   * @param prefixed whether its output lines are marked with its name
   */
  static WorkerProcess start(
      int number,
      JvmCommandLine commandLine,
      ClassArchive archive,
      ProcessMark mark,
      boolean prefixed)
      throws IOException {
    Process process = commandLine.toProcessBuilder(archive, mark).start();
    return new WorkerProcess(number, process, commandLine, mark, prefixed);
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
    say("boot", boot::writeTo);
  }

  /** Asks it to end, by saying farewell and ending its standard input, without waiting either. */
  void askToEnd() {
    say("farewell", WorkerProcess::farewell);
  }

  private static void farewell(OutputStream input) throws IOException {
    try (input) {
      input.write(ParentLink.FAREWELL);
    }
  }

  /** What is written to a process's standard input. */
  private interface Words {
    void writeTo(OutputStream input) throws IOException;
  }

  /** On a thread of its own: one that is suspended does not read what is more than a pipe holds. */
  private void say(String what, Words words) {
    Thread writer = new Thread(() -> write(words), name() + "-" + what);
    writer.setDaemon(true);
    writer.start();
  }

  private void write(Words words) {
    try {
      words.writeTo(process.getOutputStream());
    } catch (IOException e) {
      // it is dead already, and its exit will tell
    }
  }

  /**
   * Kills it, and the processes below it. Those that have left its tree: {@link #killLeftovers}.
   */
  void kill() {
    ProcessTree.kill(process);
  }

  /** The same if it lives, for a reason, which then stands after what it wrote. */
  void kill(String reason) {
    if (process.isAlive()) {
      killedFor = Optional.of(reason);
      kill();
    }
  }

  /** Kills what its tasks have started and left behind. Called after its exit. */
  void killLeftovers() {
    mark.killAll();
  }

  /** Done when all that it wrote has been read, or soon after. To be asked for after its exit. */
  CompletableFuture<@Nullable Void> lastOutput() {
    return CompletableFuture.allOf(pumps.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, LAST_OUTPUT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** How it ended. Called after its exit. */
  LostWorker details() {
    List<String> lines = new ArrayList<>(lastLines.toList());
    killedFor.ifPresent(lines::add);
    return new LostWorker(
        name(),
        process.pid(),
        ExitCode.of(process),
        lines,
        CrashFile.read(commandLine.crashReport(process.pid()), startedAt));
  }
}
