package taskpool.worker;

import java.time.Duration;

/**
 * How many leases a worker asks for beyond its slots. Tasks that take longer than a round trip to
 * the coordinator are fetched one by one, so each goes to the slot that is free first; much shorter
 * ones are fetched ahead, about as many as a slot runs in the time of a few round trips. Confined
 * to its worker.
 */
final class LeaseWindow {
  private static final long AHEAD_NANOS = Duration.ofMillis(4).toNanos();
  private static final int MAX_AHEAD_PER_SLOT = 8192;

  /** Weight of the newest task in the running mean, as a power of two. */
  private static final int SHIFT = 3;

  private final int slots;
  private long meanRunNanos = AHEAD_NANOS;

  LeaseWindow(int slots) {
    this.slots = slots;
  }

  /** Learns from a task that has ended. */
  void ran(long nanos) {
    meanRunNanos += (nanos - meanRunNanos) >> SHIFT;
  }

  /** Learns that tasks take longer than was thought: what was fetched ahead had to go back. */
  void stalled() {
    meanRunNanos = Math.max(meanRunNanos, AHEAD_NANOS);
  }

  /** Slots and what to fetch ahead. */
  int credit() {
    if (meanRunNanos >= AHEAD_NANOS) {
      return slots;
    }
    long ahead = Math.min(MAX_AHEAD_PER_SLOT, AHEAD_NANOS / Math.max(1, meanRunNanos));
    return slots + Math.toIntExact(ahead * slots);
  }
}
