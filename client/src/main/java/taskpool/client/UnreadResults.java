package taskpool.client;

import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import taskpool.payload.Payloads;

/**
 * The results that lie in files and have not been read. A file goes when its result has been read,
 * or when nobody can ask for it any more; what can be read after the pool's end is taken to memory
 * then. Thread-safe.
 */
final class UnreadResults {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Payloads payloads;
  private final Set<PendingTask> tasks =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  UnreadResults(Payloads payloads) {
    this.payloads = payloads;
  }

  Payloads payloads() {
    return payloads;
  }

  /** A task has ended; what is given back deletes its file. */
  Cleaner.Cleanable add(PendingTask task, byte[] payload) {
    tasks.add(task);
    return CLEANER.register(task, () -> payloads.release(payload));
  }

  /** Before the files go with their folder. */
  void takeToMemory() {
    List<PendingTask> left;
    synchronized (tasks) {
      left = List.copyOf(tasks);
    }
    left.forEach(PendingTask::takeToMemory);
  }
}
