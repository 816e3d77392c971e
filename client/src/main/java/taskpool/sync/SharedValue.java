package taskpool.sync;

import java.util.function.UnaryOperator;
import taskpool.error.StaleTokenException;

/**
 * One value that all processes of a pool see; {@code multiprocessing.Value}, {@link
 * java.util.concurrent.atomic.AtomicReference}. A value is written when it is set, so what is got
 * is a copy: two are the same for {@link #compareAndSet} if they are written alike.
 *
 * <p>Thread-safe. Each method but {@link #update} is one question to the coordinator, and waits for
 * its answer. What a process has set stays when it dies. Values that can't be sent give a {@link
 * taskpool.error.NotSendableException}, null a {@link NullPointerException}.
 */
public interface SharedValue<V> {
  /** The value as it is now. */
  V get();

  /** Sets it. */
  void set(V value);

  /**
   * Sets it, unless somebody who got the lock later than this one has set it: so an owner that was
   * believed dead can't undo what the next one did.
   *
   * @param token of the lock that guards the value, see {@link ClusterLock#token}; always of the
   *     same lock, which is {@link #lock} if {@link #update} is used as well
   * @throws StaleTokenException if a higher token has come with an earlier change; nothing is
   *     changed then
   */
  void set(V value, long token);

  /** Sets it and gives what it was before, in one step. */
  V getAndSet(V value);

  /**
   * Sets it if it is what is expected, in one step.
   *
   * @return whether it was
   */
  boolean compareAndSet(V expected, V value);

  /**
   * Sets it to what the function makes of it, while no other {@code update} does: {@code with
   * v.get_lock(): v.value += 1}. The function is called again only if somebody sets the value
   * meanwhile without its {@link #lock}.
   *
   * <p>Waits for the lock. If this process dies before the end the value is unchanged.
   *
   * @return the new value
   * @throws InterruptedException if the thread is interrupted before the lock is its own
   */
  V update(UnaryOperator<V> change) throws InterruptedException;

  /** The lock under which {@link #update} works, reentrant; {@code get_lock()}. */
  ClusterLock lock();
}
