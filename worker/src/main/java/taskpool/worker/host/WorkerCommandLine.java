package taskpool.worker.host;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import taskpool.node.NodeSystem;
import taskpool.worker.WorkerMain;

/**
 * How to start a worker JVM: the same Java, the same class path, the same working directory as this
 * process.
 *
 * @param heap the {@code -Xmx}
 * @param jvmOptions the user's own, after ours
 */
public record WorkerCommandLine(Optional<String> heap, List<String> jvmOptions) {

  /** From this Java on, Akka's use of Unsafe prints a warning. */
  private static final int WARNS_OF_UNSAFE = 24;

  ProcessBuilder toProcessBuilder() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-XX:+UseSerialGC");
    command.add("-XX:-UsePerfData");
    command.add("-Xshare:auto");
    if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    // what a worker writes is read with this process's charset
    String charset = Charset.defaultCharset().name();
    command.add("-Dfile.encoding=" + charset);
    command.add("-Dstdout.encoding=" + charset);
    command.add("-Dstderr.encoding=" + charset);
    heap.ifPresent(size -> command.add("-Xmx" + size));
    inherit(NodeSystem.LOG_LEVEL_PROPERTY, command);
    inherit("taskpool.log.file", command);
    inherit("logback.configurationFile", command);
    command.addAll(jvmOptions);
    command.add(WorkerMain.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    // in the environment, because a long class path would fill every listing of processes
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return builder;
  }

  private static void inherit(String property, List<String> command) {
    String value = System.getProperty(property);
    if (value != null) {
      command.add("-D" + property + "=" + value);
    }
  }
}
