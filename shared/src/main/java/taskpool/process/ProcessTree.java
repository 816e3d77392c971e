package taskpool.process;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A process and those that it has started. Thread-safe. */
public final class ProcessTree {
  private ProcessTree() {}

  /**
   * Kills them all with SIGKILL, those too that are started meanwhile. Does not wait for them. Who
   * has left the tree (its parent ended before it) is not found.
   */
  public static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    killAll(descendants);
  }

  /** The same for what this process has started; this process itself goes on. */
  public static void killDescendants() {
    killAll(ProcessHandle.current().descendants().toList());
  }

  /** In one look at all processes, as there may be thousands. */
  private static List<ProcessHandle> childrenOf(Set<ProcessHandle> parents) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.parent().filter(parents::contains).isPresent())
        .toList();
  }

  private static void killAll(List<ProcessHandle> processes) {
    Set<ProcessHandle> killed = new LinkedHashSet<>();
    List<ProcessHandle> found = processes;
    while (killed.addAll(found)) {
      found.forEach(ProcessHandle::destroyForcibly);
      found = childrenOf(killed);
    }
  }
}
