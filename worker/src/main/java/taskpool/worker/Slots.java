package taskpool.worker;

import java.util.List;

/** Where a worker's leases wait for their turn and run. Never blocks. */
public interface Slots {
  /** How many leases run at a time. */
  int count();

  /** Lets a lease run after those enqueued before it. */
  void enqueue(Assignment assignment);

  /** Takes a lease out again. False if it has started, or is not there. */
  boolean withdraw(long lease);

  /** Takes out every lease that has not started; in the order in which they would have. */
  List<Long> withdrawAll();

  /**
   * Interrupts a running lease, whose outcome will be that it was cancelled. False if it has ended.
   */
  boolean interrupt(long lease);

  /** Interrupts a running lease at its soft limit; what it makes of that is its outcome. */
  void expire(long lease);
}
