package taskpool.sync;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/**
 * A place where a number of parties meet before any goes on, again and again; {@code
 * multiprocessing.Barrier}, {@link java.util.concurrent.CyclicBarrier}.
 *
 * <p>It breaks for all when a party gives up waiting for the others, is interrupted, or dies while
 * it waits, when its action fails, and when it is aborted. When all have come, no time-out and no
 * interrupt ends the wait for the action; who was interrupted stays so. When it breaks, everybody
 * who waits, and who comes before it is {@link #reset}, gets a {@link BrokenBarrierException} that
 * says why, and names the process.
 *
 * <p>A {@link taskpool.JvmProcess} that is given it, alone or within other values, is a party: the
 * barrier breaks when that can't be started, dies at any time (ends with another exit code than 0),
 * or ends without having come once. A task whose worker dies before it comes runs again and comes
 * then; for one that fails before, call {@link #abort} there, or wait with a limit.
 *
 * <p>Thread-safe.
 */
public interface ClusterBarrier {
  /**
   * Waits for the others.
   *
   * @return a number from 0 to {@code parties - 1}, a different one for each party of a round; the
   *     last to come has the highest
   * @throws BrokenBarrierException if it is broken, or breaks meanwhile; the party that ran a
   *     failing action gets that action's error instead, or as the cause if it is a checked one
   * @throws InterruptedException if the thread is interrupted; the barrier is broken then
   */
  int await() throws InterruptedException, BrokenBarrierException;

  /**
   * Waits for the others for a limited time.
   *
   * @throws TimeoutException if it is over before; the barrier is broken then
   */
  int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException;

  /** Breaks it, for who waits and who comes. Harmless when repeated. */
  void abort();

  /** Makes it as new; who waits gets a {@link BrokenBarrierException}. */
  void reset();

  /** Whether it is broken. */
  boolean isBroken();

  /** How many wait. */
  int getNumberWaiting();

  /** For how many it is. */
  int getParties();
}
