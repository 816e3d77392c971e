package taskpool.sync;

/**
 * Gives the primitives of a pool by name: the first to ask makes it, the others get the same one.
 * None of these methods blocks. What is said when it is made (permits, parties, a count) is not
 * looked at later.
 */
public interface SharedObjects {
  /** A lock that a thread can't take twice; {@code multiprocessing.Lock}. */
  ClusterLock lock(String name);

  /** A lock that its owner may take again; {@code multiprocessing.RLock}. */
  ClusterLock reentrantLock(String name);

  /**
   * A semaphore that may grow beyond its first permits; {@code multiprocessing.Semaphore}.
   *
   * @throws IllegalArgumentException if {@code permits} is negative
   */
  ClusterSemaphore semaphore(String name, int permits);

  /**
   * A semaphore to which no more can be given back than was taken; {@code
   * multiprocessing.BoundedSemaphore}.
   *
   * @throws IllegalArgumentException if {@code permits} is negative
   */
  ClusterSemaphore boundedSemaphore(String name, int permits);

  /** A flag that can be waited for, not set at first; {@code multiprocessing.Event}. */
  ClusterEvent event(String name);

  /**
   * A latch that opens after so many counts; {@link java.util.concurrent.CountDownLatch}.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   */
  ClusterLatch latch(String name, int count);

  /**
   * A barrier for so many parties; {@code multiprocessing.Barrier}, {@link
   * java.util.concurrent.CyclicBarrier}.
   *
   * @throws IllegalArgumentException if {@code parties} is less than 1
   */
  ClusterBarrier barrier(String name, int parties);

  /**
   * A queue without a bound for elements of the standard types (numbers, texts, times, paths, byte
   * arrays, and lists and maps of these); {@code multiprocessing.Queue()}.
   */
  default <E> ClusterQueue<E> queue(String name) {
    return queue(name, 0);
  }

  /**
   * A queue for elements of the standard types; {@code multiprocessing.Queue(maxsize)}.
   *
   * @param capacity how many elements it holds at most; no bound if it is zero or less
   */
  <E> ClusterQueue<E> queue(String name, int capacity);

  /** A queue for elements of a type of the program's own, which is sent as arguments are. */
  <E> ClusterQueue<E> queue(String name, int capacity, Class<E> type);
}
