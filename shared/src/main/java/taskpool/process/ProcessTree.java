package taskpool.process;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A process and those that it has started. Thread-safe. */
public final class ProcessTree {
  private ProcessTree() {}

  /**
   * Kills them all with SIGKILL, those too that are started meanwhile. Does not wait for them. Who
   * has left the tree (its parent ended before it) is not found.
   */
  public static void kill(Process process) {
    Set<ProcessHandle> descendants = descendantsOf(Set.of(process.toHandle()));
    process.destroyForcibly();
    killAll(descendants);
  }

  /** The same for what this process has started; this process itself goes on. */
  public static void killDescendants() {
    killAll(descendantsOf(Set.of(ProcessHandle.current())));
  }

  private static void killAll(Set<ProcessHandle> processes) {
    Set<ProcessHandle> killed = new LinkedHashSet<>();
    Set<ProcessHandle> found = processes;
    while (killed.addAll(found)) {
      found.forEach(ProcessHandle::destroyForcibly);
      found = descendantsOf(killed);
    }
  }

  /**
   * In one look at all processes: {@code ProcessHandle.descendants} takes seconds for thousands.
   */
  private static Set<ProcessHandle> descendantsOf(Set<ProcessHandle> roots) {
    Map<ProcessHandle, ProcessHandle> parents = new HashMap<>();
    ProcessHandle.allProcesses()
        .forEach(child -> child.parent().ifPresent(parent -> parents.put(child, parent)));
    Set<ProcessHandle> descendants = new LinkedHashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<ProcessHandle, ProcessHandle> entry : parents.entrySet()) {
        ProcessHandle parent = entry.getValue();
        if (roots.contains(parent) || descendants.contains(parent)) {
          more |= descendants.add(entry.getKey());
        }
      }
    }
    return descendants;
  }
}
