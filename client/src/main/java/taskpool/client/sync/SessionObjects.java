package taskpool.client.sync;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import taskpool.client.PoolReference;
import taskpool.client.SyncCalls;
import taskpool.codec.ElementCodec;
import taskpool.protocol.SyncKind;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterEvent;
import taskpool.sync.ClusterLatch;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;
import taskpool.sync.ClusterSemaphore;
import taskpool.sync.SharedObjects;

/** The primitives that this process has asked for over a session, each once. Thread-safe. */
public final class SessionObjects implements SharedObjects {
  private final Supplier<SyncCalls> session;
  private final Supplier<PoolReference> pool;
  private final Map<String, Object> known = new ConcurrentHashMap<>();

  /**
   * Creates it.
   *
   * @param session asked for with the first use of a primitive
   * @param pool how other processes find the pool
   */
  public SessionObjects(Supplier<SyncCalls> session, Supplier<PoolReference> pool) {
    this.session = session;
    this.pool = pool;
  }

  private <T> T known(
      Class<T> type, SyncKind kind, String name, long parameter, Function<SyncObject, T> make) {
    return type.cast(
        known.computeIfAbsent(
            kind + " " + name,
            key -> make.apply(new SyncObject(session, pool.get(), kind, name, parameter))));
  }

  @Override
  public ClusterLock lock(String name) {
    return known(SessionLock.class, SyncKind.LOCK, name, 0, SessionLock::new);
  }

  @Override
  public ClusterLock reentrantLock(String name) {
    return known(SessionLock.class, SyncKind.REENTRANT_LOCK, name, 0, SessionLock::new);
  }

  @Override
  public ClusterSemaphore semaphore(String name, int permits) {
    long first = atLeast(0, "permits", permits);
    return known(SessionSemaphore.class, SyncKind.SEMAPHORE, name, first, SessionSemaphore::new);
  }

  @Override
  public ClusterSemaphore boundedSemaphore(String name, int permits) {
    long first = atLeast(0, "permits", permits);
    return known(
        SessionSemaphore.class, SyncKind.BOUNDED_SEMAPHORE, name, first, SessionSemaphore::new);
  }

  @Override
  public ClusterEvent event(String name) {
    return known(SessionEvent.class, SyncKind.EVENT, name, 0, SessionEvent::new);
  }

  @Override
  public ClusterLatch latch(String name, int count) {
    long first = atLeast(0, "a latch's count", count);
    return known(SessionLatch.class, SyncKind.LATCH, name, first, SessionLatch::new);
  }

  @Override
  public ClusterBarrier barrier(String name, int parties) {
    long first = atLeast(1, "a barrier's parties", parties);
    return known(SessionBarrier.class, SyncKind.BARRIER, name, first, SessionBarrier::new);
  }

  @Override
  public <E> ClusterQueue<E> queue(String name, int capacity) {
    return queueOf(name, capacity, Object.class);
  }

  @Override
  public <E> ClusterQueue<E> queue(String name, int capacity, Class<E> type) {
    return queueOf(name, capacity, type);
  }

  /** Not kept: each end may have another type of elements, and there is nothing to remember. */
  <E> ClusterQueue<E> queueOf(String name, int capacity, Type element) {
    long bound = Math.max(0, capacity);
    return new SessionQueue<>(
        new SyncObject(session, pool.get(), SyncKind.QUEUE, name, bound),
        ElementCodec.of(element, "queue \"" + name + "\""));
  }

  private static int atLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, not %d".formatted(what, least, value));
    }
    return value;
  }
}
