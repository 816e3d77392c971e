package taskpool.worker.host;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import taskpool.process.ProcessMark;
import taskpool.worker.WorkerMain;

/**
 * How to start a JVM of ours, a worker or a process: the same Java, the same class path, the same
 * working directory as this process, and its {@code taskpool} system properties.
 *
 * @param heap the {@code -Xmx}
 * @param jvmOptions the user's own, after ours
 */
public record JvmCommandLine(Optional<String> heap, List<String> jvmOptions) {
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

  /** The heap begins small, unless the user has something to say about it. */
  private static final List<String> SMALL_HEAP = List.of("-Xms32m", "-XX:NewSize=16m");

  private static final Pattern ABOUT_HEAP = Pattern.compile("-Xm[nsx].*|-XX:.*(Heap|RAM|New).*");

  /** Compilers come in a little later than usual: what only a start repeats is not worth it. */
  private static final String LATE_COMPILERS = "-XX:CompileThresholdScaling=3";

  /** From this Java on, Akka's use of Unsafe prints a warning. */
  private static final int WARNS_OF_UNSAFE = 24;

  /** System properties that begin so are for all JVMs of a program. */
  private static final String OURS = "taskpool.";

  private static final String LOGGING = "logback.configurationFile";

  private static final String ERROR_FILE = "-XX:ErrorFile=";

  /** What stands for the process id in the name of a crash report. */
  private static final String PID = "%p";

  /** The Java that this process runs on. */
  static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  /**
   * The command for a JVM of ours with another main class, from the class archive if there is one.
   */
  public ProcessBuilder toProcessBuilder(Class<?> main) {
    return toProcessBuilder(
        ClassArchive.of(System.getProperty("java.class.path"), ClassArchive.folder()), main);
  }

  /** The command of a worker, whose environment carries the mark. */
  ProcessBuilder toProcessBuilder(ClassArchive archive, ProcessMark mark) {
    ProcessBuilder builder = toProcessBuilder(archive, WorkerMain.class);
    mark.put(builder.environment());
    return builder;
  }

  private ProcessBuilder toProcessBuilder(ClassArchive archive, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(java());
    if (jvmOptions.stream().noneMatch(option -> COLLECTOR.matcher(option).matches())) {
      command.add("-XX:+UseSerialGC");
    }
    command.add("-XX:-UsePerfData");
    if (heap.isEmpty() && jvmOptions.stream().noneMatch(o -> ABOUT_HEAP.matcher(o).matches())) {
      command.addAll(SMALL_HEAP);
    }
    command.add(LATE_COMPILERS);
    command.add(ERROR_FILE + ownErrorFile());
    command.addAll(archive.useOptions());
    if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    // what a worker writes is read with this process's charset
    String charset = Charset.defaultCharset().name();
    command.add("-Dfile.encoding=" + charset);
    command.add("-Dstdout.encoding=" + charset);
    command.add("-Dstderr.encoding=" + charset);
    heap.ifPresent(size -> command.add("-Xmx" + size));
    command.addAll(inherited());
    command.addAll(jvmOptions);
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    // in the environment, because a long class path would fill every listing of processes
    builder.environment().put("CLASSPATH", archive.classPath());
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return builder;
  }

  /** Where the JVM itself writes when its working directory can't be written to. */
  private static Path ownErrorFile() {
    return Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid" + PID + ".log");
  }

  /** Where a worker JVM with this process id writes a report if it crashes in native code. */
  Path crashReport(long pid) {
    String file =
        jvmOptions.stream()
            .filter(option -> option.startsWith(ERROR_FILE))
            .reduce((first, second) -> second)
            .map(option -> option.substring(ERROR_FILE.length()))
            .orElseGet(() -> ownErrorFile().toString());
    return Path.of(file.replace(PID, Long.toString(pid))).toAbsolutePath();
  }

  private static List<String> inherited() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(property -> property.startsWith(OURS) || property.equals(LOGGING))
        .sorted()
        .map(property -> "-D" + property + "=" + System.getProperty(property))
        .toList();
  }
}
