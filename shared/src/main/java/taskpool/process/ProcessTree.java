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
    Set<ProcessHandle> killed = new LinkedHashSet<>();
    List<ProcessHandle> found = process.descendants().toList();
    process.destroyForcibly();
    while (killed.addAll(found)) {
      found.forEach(ProcessHandle::destroyForcibly);
      found = killed.stream().flatMap(ProcessHandle::descendants).toList();
    }
  }
}
