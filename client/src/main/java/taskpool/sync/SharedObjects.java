package taskpool.sync;

import taskpool.function.Action0;

/**
 * Gives the primitives of a pool by name: the first to ask makes it, the others get the same one.
 * None of these methods blocks. What is said when it is made (permits, parties, a count) is not
 * looked at later. Each kind has names of its own: {@code lock("a")} and {@code reentrantLock("a")}
 * are two locks.
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
   * The same with an action that the last party runs in each round before any goes on, in its own
   * process; {@code multiprocessing.Barrier(parties, action)}. If it fails the barrier breaks, and
   * who ran it gets its error.
   *
   * @throws IllegalArgumentException if {@code parties} is less than 1
   * @throws taskpool.error.NotSendableException if the action can't be sent
   */
  ClusterBarrier barrier(String name, int parties, Action0 action);

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

  /**
   * A queue that keeps what is taken until the process that took it says {@code taskDone}: when
   * that dies before, the elements that it has not done return to the front of the queue, and go to
   * others. What is done first is what was taken first.
   */
  <E> ClusterQueue<E> redeliveringQueue(String name, int capacity, Class<E> type);

  /** A pipe for messages of the standard types; {@code multiprocessing.Pipe()}. */
  <E> Pipe<E> pipe(String name);

  /** A pipe for messages of a type of the program's own. */
  <E> Pipe<E> pipe(String name, Class<E> type);

  /**
   * A value that all see; {@code multiprocessing.Value}. Its type is that of the first value.
   *
   * @param initial what it is until somebody sets it
   */
  <V> SharedValue<V> value(String name, V initial);

  /**
   * An array that all see; {@code multiprocessing.Array}. Its elements have the type of the first
   * one.
   *
   * @param initial what each element is until somebody sets it
   * @throws IllegalArgumentException if {@code length} is negative
   */
  <E> SharedArray<E> array(String name, int length, E initial);

  /** A list of elements of the standard types, empty at first; {@code Manager().list()}. */
  <E> SharedList<E> list(String name);

  /** A list of elements of a type of the program's own. */
  <E> SharedList<E> list(String name, Class<E> type);

  /** A dictionary of the standard types, empty at first; {@code Manager().dict()}. */
  <K, V> SharedDict<K, V> dict(String name);

  /** A dictionary of types of the program's own. */
  <K, V> SharedDict<K, V> dict(String name, Class<K> keys, Class<V> values);
}
