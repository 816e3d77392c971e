package taskpool.worker.host;

import java.util.List;

/** A process and those that it has started. */
final class ProcessTree {
  private ProcessTree() {}

  /** Kills them all now. Does not wait. */
  static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
