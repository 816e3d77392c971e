package taskpool.sync;

import java.time.Duration;

/**
 * A flag that one sets and others wait for; {@code multiprocessing.Event}. Thread-safe. It belongs
 * to nobody, so the death of a process changes nothing.
 */
public interface ClusterEvent {
  /** Sets it; who waits goes on. */
  void set();

  /** Clears it; who asks now waits. */
  void clear();

  /** Whether it is set. */
  boolean isSet();

  /** Waits until it is set. */
  void await() throws InterruptedException;

  /**
   * Waits until it is set, or the time is over; a duration of zero or less does not wait.
   *
   * @return whether it was set
   */
  boolean await(Duration timeout) throws InterruptedException;
}
