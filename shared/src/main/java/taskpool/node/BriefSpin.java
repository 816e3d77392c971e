package taskpool.node;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits a moment before a thread goes to sleep, where what it waits for tends to come at once:
 * waking a sleeping thread takes about as long as a short task's whole way. It learns from the last
 * waits, so a thread whose waits are long goes to sleep at once, and it yields all the while.
 *
 * <p>One per waiting thread; not thread-safe.
 */
public final class BriefSpin {
  /** Longer than a call to a worker and back takes; longer waits are slept through. */
  private static final long LIMIT_NANOS = Duration.ofNanos(150_000).toNanos();

  private static final int MAX_TRUST = 8;

  /** So much trust it takes to spin: the waits before must nearly all have been brief. */
  private static final int SPIN_FROM = 4;

  private static final int LOOKS_PER_YIELD = 16;

  private int trust;
  private long startNanos;

  /** Begins a wait: returns when the condition holds, or when it is time to go to sleep. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on the yield, it is a courtesy
  public void await(BooleanSupplier condition) {
    startNanos = System.nanoTime();
    if (trust < SPIN_FROM) {
      return;
    }
    do {
      for (int i = 0; i < LOOKS_PER_YIELD; i++) {
        if (condition.getAsBoolean()) {
          return;
        }
        Thread.onSpinWait();
      }
      Thread.yield();
    } while (System.nanoTime() - startNanos < LIMIT_NANOS);
  }

  /** Ends the wait, asleep or not. */
  public void learn() {
    boolean brief = System.nanoTime() - startNanos < LIMIT_NANOS;
    trust = brief ? Math.min(MAX_TRUST, trust + 1) : trust / 2;
  }
}
