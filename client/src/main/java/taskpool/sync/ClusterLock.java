package taskpool.sync;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * A lock that one thread of one process of the pool owns at a time; {@code multiprocessing.Lock} or
 * {@code RLock}, and a {@link Lock}. Fair: threads get it in the order in which they asked.
 *
 * <pre>{@code
 * try (ClusterLock.Hold hold = stock.acquire()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Thread-safe. When the process of the owner dies the lock is free at once, and the next owner
 * can ask whether {@link #wasAbandoned} is true: what the lock guards may be half done. A task that
 * ends while its thread owns the lock goes on owning it.
 *
 * <p>Threads that wait without a limit for one another's locks, in a circle, are found after a
 * second: the one that closed it gets a {@link taskpool.error.DeadlockException} that names the
 * tasks, workers and locks, and does not own the lock; see {@link
 * taskpool.TaskPoolBuilder#reportDeadlocks}.
 *
 * <p>Every method that asks the coordinator throws {@link taskpool.error.PoolClosedException} when
 * the pool has ended.
 */
public interface ClusterLock extends Lock {

  /** A lock that is owned until this is closed. */
  interface Hold extends AutoCloseable {
    /** The lock's token as this owner has it, see {@link ClusterLock#token}. */
    long token();

    /**
     * Gives the lock back.
     *
     * @throws IllegalMonitorStateException if this thread does not own it any more
     */
    @Override
    void close();
  }

  /**
   * Takes the lock, waiting for it as long as it takes; with-statement of Python.
   *
   * @throws InterruptedException if the thread is interrupted before or meanwhile; it does not own
   *     the lock then
   */
  Hold acquire() throws InterruptedException;

  /**
   * Takes the lock if it is free in time; a duration of zero or less does not wait.
   *
   * @return whether this thread owns it now
   */
  boolean tryLock(Duration timeout) throws InterruptedException;

  @Override
  default boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    return tryLock(Duration.ofNanos(unit.toNanos(time)));
  }

  /**
   * Gives the lock back.
   *
   * @throws IllegalMonitorStateException if this thread does not own it
   */
  @Override
  void unlock();

  /**
   * A number that grows with every owner. Whoever is given it with a change can refuse one that
   * comes with a lower number than it has seen: from an owner that was believed dead, and lived.
   *
   * @throws IllegalMonitorStateException if this thread does not own the lock
   */
  long token();

  /**
   * Whether the owner before this thread died with the lock.
   *
   * @throws IllegalMonitorStateException if this thread does not own the lock
   */
  boolean wasAbandoned();

  /** Whether somebody owns it. */
  boolean isLocked();

  /** Whether this thread owns it. */
  boolean isHeldByCurrentThread();

  /** A condition of this lock that all processes know by its name. */
  ClusterCondition condition(String name);

  /** A condition that nobody else has, unless it is handed over. */
  @Override
  ClusterCondition newCondition();
}
