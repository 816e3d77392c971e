package taskpool.coordinator.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import taskpool.coordinator.sync.LockState.Owner;

/**
 * Who has long been waiting for which lock; finds those that wait for one another in a circle.
 * Every thread waits for one lock at most and every lock has one owner at most, so there is one way
 * to follow. Confined to the coordinator.
 */
final class WaitGraph {
  private record LongWait(Owner waiter, LockState lock, String who) {}

  private final Map<Caller, LongWait> waits = new LinkedHashMap<>();

  /** One more, unless it does not wait for the lock any more, or for a condition. */
  void add(Caller caller, LockState lock, String who) {
    lock.waiter(caller).ifPresent(owner -> waits.put(caller, new LongWait(owner, lock, who)));
  }

  /** It waits no longer. */
  void remove(Caller caller) {
    waits.remove(caller);
  }

  /** The circle that one who waits is part of, in words; empty if it is in none. */
  Optional<String> circleOf(Caller caller) {
    LongWait first = waits.get(caller);
    if (first == null) {
      return Optional.empty();
    }
    List<LongWait> way = new ArrayList<>();
    for (LongWait next = first; next != null && !way.contains(next); next = waitOf(next.lock)) {
      way.add(next);
      if (first.waiter.equals(next.lock.owner())) {
        return Optional.of(describe(way));
      }
    }
    return Optional.empty();
  }

  /** What the owner of a lock waits for; null if it does not wait for long. */
  private @Nullable LongWait waitOf(LockState lock) {
    return waits.values().stream()
        .filter(wait -> wait.waiter.equals(lock.owner()))
        .findFirst()
        .orElse(null);
  }

  private static String describe(List<LongWait> circle) {
    StringJoiner text = new StringJoiner("; ");
    for (int i = 0; i < circle.size(); i++) {
      LongWait wait = circle.get(i);
      String owner = circle.get((i + 1) % circle.size()).who;
      text.add("%s waits for %s, which %s owns".formatted(wait.who, wait.lock, owner));
    }
    return text.toString();
  }
}
