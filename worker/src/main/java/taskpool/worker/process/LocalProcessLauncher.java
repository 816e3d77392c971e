package taskpool.worker.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import taskpool.process.MarkedProcess;
import taskpool.spi.ProcessBoot;
import taskpool.spi.ProcessLauncher;
import taskpool.spi.ProcessSettings;
import taskpool.worker.host.JvmCommandLine;

/**
 * Starts processes on this machine: one with nothing special in a spare JVM, others in a new one.
 */
public final class LocalProcessLauncher implements ProcessLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(LocalProcessLauncher.class);
  private static final ProcessSettings PLAIN =
      new ProcessSettings(List.of(), Map.of(), Optional.empty());

  private final SpareProcesses spares =
      new SpareProcesses(SpareProcesses.wanted(), () -> startJvm(PLAIN));

  @Override
  public MarkedProcess launch(ProcessSettings settings, ProcessBoot boot) throws IOException {
    MarkedProcess spare = settings.isPlain() ? spares.take().orElse(null) : null;
    MarkedProcess process = spare == null ? startJvm(settings) : spare;
    // on a thread of its own: it may be long, and nobody reads it before the JVM is up
    inBackground(boot.name() + "-boot", () -> tell(process.process(), boot));
    inBackground("spare-processes", spares::refill);
    return process;
  }

  private static void inBackground(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The stream stays open: its end is how the process learns that this one is dead. One that can't
   * be told would wait for ever; most often it is dead already.
   */
  private static void tell(Process process, ProcessBoot boot) {
    try {
      boot.writeTo(process.getOutputStream());
    } catch (Throwable e) {
      process.destroyForcibly();
      LOG.debug("{} can't be told what to run", boot.name(), e);
    }
  }

  private static MarkedProcess startJvm(ProcessSettings settings) throws IOException {
    ProcessBuilder builder =
        new JvmCommandLine(Optional.empty(), settings.jvmOptions())
            .toProcessBuilder(ProcessMain.class);
    builder.environment().putAll(settings.environment());
    settings.directory().map(Path::toFile).ifPresent(builder::directory);
    return MarkedProcess.start(
        builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT));
  }
}
