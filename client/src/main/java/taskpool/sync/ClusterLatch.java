package taskpool.sync;

import java.time.Duration;

/**
 * A count that goes down to zero, once; {@link java.util.concurrent.CountDownLatch}. Thread-safe.
 * Counts of a process that has died stay counted, and those that it owed stay owed: wait with a
 * limit.
 */
public interface ClusterLatch {
  /** One less, unless it is zero. */
  void countDown();

  /** What is left. */
  long getCount();

  /** Waits until it is zero. */
  void await() throws InterruptedException;

  /**
   * Waits until it is zero, or the time is over; a duration of zero or less does not wait.
   *
   * @return whether it is zero
   */
  boolean await(Duration timeout) throws InterruptedException;
}
