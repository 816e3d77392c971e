package taskpool.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import taskpool.worker.WorkerMain;

/** Looks at processes: which there are, whether they live, what they do. */
public final class ProcessTable {
  private ProcessTable() {}

  /** The worker JVMs that this process started, directly or through others. */
  static List<ProcessHandle> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessTable::isWorker)
        .filter(ProcessTable::isRunning)
        .toList();
  }

  /** Worker JVMs whose command line has this text, whoever their parent is by now. */
  public static List<ProcessHandle> workersWith(String text) {
    return ProcessHandle.allProcesses()
        .filter(ProcessTable::isWorker)
        .filter(process -> process.info().commandLine().filter(l -> l.contains(text)).isPresent())
        .toList();
  }

  private static boolean isWorker(ProcessHandle process) {
    String worker = WorkerMain.class.getName();
    return process.info().commandLine().filter(line -> line.contains(worker)).isPresent();
  }

  /** Whether it runs; one that is dead and only waits for its parent to ask about it does not. */
  public static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !stateOf(process.pid()).filter("Z"::equals).isPresent();
  }

  private static Optional<String> stateOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // it has gone just now, or this is no Linux
    }
  }

  static List<ProcessHandle> running(Collection<ProcessHandle> processes) {
    return processes.stream().filter(ProcessTable::isRunning).toList();
  }

  static String describe(Collection<ProcessHandle> processes) {
    return processes.stream()
        .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** What a process and all below it do at the moment, as far as they are JVMs. */
  static String dump(ProcessHandle root) {
    StringBuilder text = new StringBuilder();
    if (root.pid() != ProcessHandle.current().pid()) {
      text.append(threads(root));
    }
    root.descendants().filter(ProcessTable::isJava).forEach(each -> text.append(threads(each)));
    return text.toString();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(path -> path.endsWith("java")).isPresent();
  }

  private static String threads(ProcessHandle process) {
    String header = "%n--- threads of %s%n".formatted(describe(List.of(process)));
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Path answer = Files.createTempFile("threads", ".txt");
      try {
        Process asking =
            new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print")
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        if (!asking.waitFor(10, TimeUnit.SECONDS)) {
          asking.destroyForcibly();
        }
        return header + Files.readString(answer, StandardCharsets.UTF_8);
      } finally {
        Files.delete(answer);
        // What calls the process is left where it runs, as this one does, if it does not answer.
        Files.deleteIfExists(Path.of(".attach_pid" + process.pid()));
      }
    } catch (IOException e) {
      return header + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return header + e;
    }
  }
}
