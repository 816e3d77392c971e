package taskpool.sync;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A queue between the processes of a pool; {@code multiprocessing.Queue} and {@code JoinableQueue},
 * and a {@link BlockingQueue}. First in, first out; those who wait are served in the order in which
 * they came.
 *
 * <table>
 * <caption>In the words of multiprocessing</caption>
 * <tr><td>{@code put(x)}, {@code put(x, timeout=s)}</td><td>{@link #put}, {@link #offer(Object, Duration)}</td></tr>
 * <tr><td>{@code put_nowait(x)}, {@code Full}</td><td>{@link #add}, {@link IllegalStateException}</td></tr>
 * <tr><td>{@code get()}, {@code get(timeout=s)}</td><td>{@link #take}, {@link #poll(Duration)}</td></tr>
 * <tr><td>{@code get_nowait()}, {@code Empty}</td><td>{@link #remove()}, {@link java.util.NoSuchElementException}</td></tr>
 * <tr><td>{@code qsize()}, {@code empty()}, {@code full()}</td><td>{@link #size}, {@link #isEmpty}, {@link #isFull}</td></tr>
 * <tr><td>{@code task_done()}, {@code join()}</td><td>{@link #taskDone()}, {@link #join}</td></tr>
 * </table>
 *
 * <p>Thread-safe. An element is written when it is put, so what is taken is a copy: two are the
 * same for {@link #contains} and {@link #remove(Object)} if they are written alike. Iterators show
 * what was in the queue when they were made. What {@link #remove(Object)}, {@link #clear} or an
 * iterator takes out counts as done for {@link #join}. When a process dies, elements that were on
 * their way to it go to the next taker; those that it had taken are gone, and stay undone for
 * {@link #join}, unless the queue redelivers, see {@link SharedObjects#redeliveringQueue}.
 *
 * <p>A process that takes alone may get up to 64 KiB of elements in advance, which others get when
 * they ask. From one that is suspended they do not come: after a second the others go on without
 * them, until it continues or dies.
 *
 * <p>Where there is room for it an element may be on its way for a moment when {@code put} returns,
 * as with {@code multiprocessing}: whoever hears of it by other means than this pool (a file, a
 * socket) may look too early. It is in when the process that put it has asked anything else, and
 * when its task has ended; an element whose process is killed within that moment was not put.
 *
 * <p>Putting throws {@link taskpool.error.NotSendableException} for an element that can't be sent,
 * {@link NullPointerException} for none. Taking throws it for an element that is of another type
 * here; it is taken all the same. Every method throws {@link taskpool.error.PoolClosedException}
 * when the pool has ended.
 */
public interface ClusterQueue<E> extends BlockingQueue<E> {
  /**
   * Appends an element if there is room in time; a duration of zero or less does not wait.
   *
   * @return whether it is in
   */
  boolean offer(E element, Duration timeout) throws InterruptedException;

  @Override
  default boolean offer(E element, long time, TimeUnit unit) throws InterruptedException {
    return offer(element, Duration.ofNanos(unit.toNanos(time)));
  }

  /**
   * Appends elements in their order, waiting for room as long as it takes. Others' may enter
   * between them.
   *
   * @throws InterruptedException if the thread is interrupted; some of the first ones may be in
   *     then
   */
  void putAll(Collection<? extends E> elements) throws InterruptedException;

  /**
   * Takes the first element if there is one in time; a duration of zero or less does not wait.
   *
   * @return null if there is none
   */
  E poll(Duration timeout) throws InterruptedException;

  @Override
  default E poll(long time, TimeUnit unit) throws InterruptedException {
    return poll(Duration.ofNanos(unit.toNanos(time)));
  }

  /** Whether there is no room; may be otherwise at once. */
  default boolean isFull() {
    return remainingCapacity() == 0;
  }

  /** Says that an element that was taken is done. */
  default void taskDone() {
    taskDone(1);
  }

  /**
   * Says so of so many elements.
   *
   * @throws IllegalArgumentException if {@code elements} is less than 1
   * @throws IllegalStateException if fewer were put and not done; {@code ValueError} of Python
   */
  void taskDone(int elements);

  /** Waits until every element that was put is done. */
  void join() throws InterruptedException;

  /**
   * The same for a limited time.
   *
   * @return false if it is over before
   */
  boolean join(Duration timeout) throws InterruptedException;
}
