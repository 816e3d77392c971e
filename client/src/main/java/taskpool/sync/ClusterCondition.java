package taskpool.sync;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * Waiting for something to become true under a lock; {@code multiprocessing.Condition}, and a
 * {@link Condition}. Every method needs the lock: without it there is an {@link
 * IllegalMonitorStateException}. A wait gives the lock back and has it again when it ends,
 * whichever way. No wait ends without a reason.
 *
 * <p>Thread-safe. When a process dies its waiters are forgotten; one that was notified and died
 * before it could do anything has used the notification up.
 */
public interface ClusterCondition extends Condition {
  /** What is to become true. */
  @FunctionalInterface
  interface Check {
    /** Looked at by the thread that owns the lock. */
    boolean holds();
  }

  /**
   * Waits until notified.
   *
   * @return false if the time was over before
   */
  boolean await(Duration timeout) throws InterruptedException;

  @Override
  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
  default boolean await(long time, TimeUnit unit) throws InterruptedException {
    return await(Duration.ofNanos(unit.toNanos(time)));
  }

  /** Waits until something is true, looking at each notification; {@code wait_for}. */
  default void awaitUntil(Check check) throws InterruptedException {
    while (!check.holds()) {
      await();
    }
  }

  /**
   * The same for a limited time.
   *
   * @return whether it is true
   */
  default boolean awaitUntil(Check check, Duration timeout) throws InterruptedException {
    long start = System.nanoTime();
    long limit = TimeUnit.NANOSECONDS.convert(timeout);
    boolean holds = check.holds();
    for (long left = limit; !holds && left > 0; ) {
      await(Duration.ofNanos(left));
      left = limit - (System.nanoTime() - start);
      holds = check.holds();
    }
    return holds;
  }

  /** Ends the wait of one; {@code notify}. */
  @Override
  default void signal() {
    signal(1);
  }

  /** Ends the wait of up to so many, those that came first; {@code notify(n)}. */
  void signal(int waiters);

  /** Ends the wait of all; {@code notify_all}. */
  @Override
  default void signalAll() {
    signal(Integer.MAX_VALUE);
  }
}
