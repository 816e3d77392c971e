package taskpool.sync;

import java.time.Duration;

/**
 * A number of permits; {@code multiprocessing.Semaphore} or {@code BoundedSemaphore}, {@link
 * java.util.concurrent.Semaphore}. Fair: a request for many is not passed by later ones for few.
 *
 * <p>Thread-safe. Any thread of any process may give back what another one took. When a process
 * ends or dies, what it has taken and nobody has given back returns, as long as there are no more
 * than at first then: permits that {@link #release} has added, as signals are, do not come again.
 */
public interface ClusterSemaphore {
  /** Takes a permit, waiting for it as long as it takes. */
  default void acquire() throws InterruptedException {
    acquire(1);
  }

  /**
   * Takes so many permits at once, waiting for them as long as it takes.
   *
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  void acquire(int permits) throws InterruptedException;

  /** Takes a permit if one is there now; does not wait. */
  boolean tryAcquire();

  /** Takes a permit if there is one in time; a duration of zero or less does not wait. */
  default boolean tryAcquire(Duration timeout) throws InterruptedException {
    return tryAcquire(1, timeout);
  }

  /**
   * Takes so many permits if they are there in time.
   *
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  boolean tryAcquire(int permits, Duration timeout) throws InterruptedException;

  /** Gives a permit back. */
  default void release() {
    release(1);
  }

  /**
   * Gives so many permits back.
   *
   * @throws IllegalArgumentException if {@code permits} is less than 1
   * @throws IllegalStateException if the semaphore is bounded and would have more than at first;
   *     {@code ValueError} of Python
   */
  void release(int permits);

  /** How many permits are there; may be another number at once. */
  int availablePermits();
}
