package taskpool.spi;

import java.io.IOException;
import taskpool.process.MarkedProcess;

/**
 * Starts the JVMs of processes; found by {@link java.util.ServiceLoader}. The module {@code
 * taskpool-worker} has one.
 */
public interface ProcessLauncher {
  /**
   * Starts one on this program's class path, which writes to this program's outputs and ends, with
   * all that it has started, when this program does. Does not wait for it. Thread-safe.
   *
   * @throws IOException if none can be started
   */
  MarkedProcess launch(ProcessSettings settings, ProcessBoot boot) throws IOException;
}
