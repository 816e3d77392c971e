package taskpool.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one event to the next. Events of the same time keep their order. */
final class VirtualTime {
  private record Event(long atNanos, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
  private long nowNanos;
  private long scheduled;
  private long happened;

  long nowNanos() {
    return nowNanos;
  }

  /** How many events there have been. */
  long happened() {
    return happened;
  }

  void after(long delayNanos, Runnable action) {
    events.add(new Event(nowNanos + Math.max(0, delayNanos), ++scheduled, action));
  }

  /** Lets the next event happen; false if there is none. */
  boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    nowNanos = next.atNanos();
    happened++;
    next.action().run();
    return true;
  }
}
