package taskpool.coordinator.sync;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, in the order in which they came; anyone can leave from anywhere at the same cost.
 * Confined to the coordinator.
 *
 * @param <W> what is known of one who waits, its caller included
 */
final class WaitLine<W> {
  private final Map<Caller, W> waiters = new LinkedHashMap<>();

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  int size() {
    return waiters.size();
  }

  void add(Caller caller, W waiter) {
    waiters.put(caller, waiter);
  }

  /** Who comes first; null if nobody waits. */
  @Nullable W peek() {
    return waiters.isEmpty() ? null : waiters.values().iterator().next();
  }

  /** Who comes first of those that are meant; null if none is. */
  @Nullable W first(Predicate<W> meant) {
    for (W waiter : waiters.values()) {
      if (meant.test(waiter)) {
        return waiter;
      }
    }
    return null;
  }

  /** Takes out who comes first; null if nobody waits. */
  @Nullable W poll() {
    Iterator<W> all = waiters.values().iterator();
    if (!all.hasNext()) {
      return null;
    }
    W first = all.next();
    all.remove();
    return first;
  }

  /** Takes all out. */
  List<W> removeAll() {
    List<W> all = List.copyOf(waiters.values());
    waiters.clear();
    return all;
  }

  /** The one with this caller; null if it is not here. */
  @Nullable W get(Caller caller) {
    return waiters.get(caller);
  }

  /** Takes one out; null if it is not here. */
  @Nullable W remove(Caller caller) {
    return waiters.remove(caller);
  }

  /** Takes out those of a session. */
  void removeSession(int session) {
    waiters.keySet().removeIf(caller -> caller.session() == session);
  }
}
