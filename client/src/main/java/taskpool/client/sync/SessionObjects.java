package taskpool.client.sync;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import taskpool.client.PoolReference;
import taskpool.client.SyncCalls;
import taskpool.codec.ElementCodec;
import taskpool.function.Action0;
import taskpool.protocol.SyncKind;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterEvent;
import taskpool.sync.ClusterLatch;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;
import taskpool.sync.ClusterSemaphore;
import taskpool.sync.Pipe;
import taskpool.sync.PipeEnd;
import taskpool.sync.SharedArray;
import taskpool.sync.SharedDict;
import taskpool.sync.SharedList;
import taskpool.sync.SharedObjects;
import taskpool.sync.SharedValue;

/** The primitives that this process has asked for over a session, each once. Thread-safe. */
public final class SessionObjects implements SharedObjects {
  private static final byte[] NOTHING = {};

  /** So many messages may be sent through a pipe before the first one is received. */
  private static final int PIPE_MESSAGES = 1_000;

  private final Supplier<SyncCalls> session;
  private final Supplier<PoolReference> pool;
  private final Map<String, SyncObject> objects = new ConcurrentHashMap<>();

  /** They know what the threads of this process own. */
  private final Map<SyncObject, SessionLock> locks = new ConcurrentHashMap<>();

  /** They have what came in advance. */
  private final Map<SyncObject, QueueEnd> queues = new ConcurrentHashMap<>();

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

  /**
   * Waits until everything that this process has put into queues is in them. To be called before
   * others hear by another way that it is.
   */
  public static void settle() {
    QueueEnd.settleAll();
  }

  private SyncObject object(SyncKind kind, String name, long parameter, byte[] initial) {
    return objects.computeIfAbsent(
        kind + " " + Objects.requireNonNull(name, "name"),
        key -> new SyncObject(session, pool.get(), kind, name, parameter, initial));
  }

  private SyncObject object(SyncKind kind, String name, long parameter) {
    return object(kind, name, parameter, NOTHING);
  }

  @Override
  public ClusterLock lock(String name) {
    return locks.computeIfAbsent(object(SyncKind.LOCK, name, 0), SessionLock::new);
  }

  @Override
  public ClusterLock reentrantLock(String name) {
    return locks.computeIfAbsent(object(SyncKind.REENTRANT_LOCK, name, 0), SessionLock::new);
  }

  @Override
  public ClusterSemaphore semaphore(String name, int permits) {
    return new SessionSemaphore(object(SyncKind.SEMAPHORE, name, atLeast(0, "permits", permits)));
  }

  @Override
  public ClusterSemaphore boundedSemaphore(String name, int permits) {
    return new SessionSemaphore(
        object(SyncKind.BOUNDED_SEMAPHORE, name, atLeast(0, "permits", permits)));
  }

  @Override
  public ClusterEvent event(String name) {
    return new SessionEvent(object(SyncKind.EVENT, name, 0));
  }

  @Override
  public ClusterLatch latch(String name, int count) {
    return new SessionLatch(object(SyncKind.LATCH, name, atLeast(0, "a latch's count", count)));
  }

  @Override
  public ClusterBarrier barrier(String name, int parties) {
    return barrierOf(name, parties, NOTHING);
  }

  @Override
  public ClusterBarrier barrier(String name, int parties, Action0 action) {
    return barrierOf(name, parties, BarrierAction.encode(Objects.requireNonNull(action, "action")));
  }

  /** A barrier with an action as it travels. */
  ClusterBarrier barrierOf(String name, int parties, byte[] action) {
    long number = atLeast(1, "a barrier's parties", parties);
    return new SessionBarrier(object(SyncKind.BARRIER, name, number, action));
  }

  @Override
  public <E> ClusterQueue<E> queue(String name, int capacity) {
    return queueOf(SyncKind.QUEUE, name, capacity, Object.class);
  }

  @Override
  public <E> ClusterQueue<E> queue(String name, int capacity, Class<E> type) {
    return queueOf(SyncKind.QUEUE, name, capacity, type);
  }

  @Override
  public <E> ClusterQueue<E> redeliveringQueue(String name, int capacity, Class<E> type) {
    return queueOf(SyncKind.REDELIVERING_QUEUE, name, capacity, type);
  }

  /** A queue of either kind; each end may have another type of elements. */
  <E> ClusterQueue<E> queueOf(SyncKind kind, String name, int capacity, Type element) {
    SyncObject object = object(kind, name, Math.max(0, capacity));
    QueueEnd end = queues.computeIfAbsent(object, QueueEnd::new);
    return new SessionQueue<>(end, codec(element, object));
  }

  private static ElementCodec codec(Type type, SyncObject object) {
    return ElementCodec.of(Objects.requireNonNull(type, "type"), object.toString());
  }

  @Override
  public <E> Pipe<E> pipe(String name) {
    return pipeOf(name, Object.class);
  }

  @Override
  public <E> Pipe<E> pipe(String name, Class<E> type) {
    return pipeOf(name, type);
  }

  private <E> SessionPipe<E> pipeOf(String name, Type message) {
    SyncObject object = object(SyncKind.PIPE, name, PIPE_MESSAGES);
    return new SessionPipe<>(object, codec(message, object));
  }

  /** One end of a pipe, by its number. */
  PipeEnd<Object> pipeEndOf(String name, int number, Type message) {
    return pipeOf(name, message).end(number);
  }

  @Override
  public <V> SharedValue<V> value(String name, V initial) {
    Type type = declared(initial);
    byte[] first = ElementCodec.of(type, "value \"" + name + "\"").encode(initial);
    return valueOf(name, first, type);
  }

  /** A value whose first one is as it travels. */
  <V> SharedValue<V> valueOf(String name, byte[] initial, Type type) {
    SyncObject object = object(SyncKind.VALUE, name, 0, initial);
    return new SessionValue<>(object, codec(type, object), reentrantLock("value " + name));
  }

  @Override
  public <E> SharedArray<E> array(String name, int length, E initial) {
    Type type = declared(initial);
    byte[] first = ElementCodec.of(type, "array \"" + name + "\"").encode(initial);
    return arrayOf(name, atLeast(0, "an array's length", length), first, type);
  }

  /** An array whose first elements are all this one, as it travels. */
  <E> SharedArray<E> arrayOf(String name, int length, byte[] initial, Type element) {
    SyncObject object = object(SyncKind.ARRAY, name, length, initial);
    return new SessionArray<>(
        new Elements<>(object, codec(element, object)), reentrantLock("array " + name));
  }

  @Override
  public <E> SharedList<E> list(String name) {
    return listOf(name, Object.class);
  }

  @Override
  public <E> SharedList<E> list(String name, Class<E> type) {
    return listOf(name, type);
  }

  /** A list; each end may have another type of elements. */
  <E> SharedList<E> listOf(String name, Type element) {
    SyncObject object = object(SyncKind.LIST, name, 0);
    return new SessionList<>(new Elements<>(object, codec(element, object)));
  }

  @Override
  public <K, V> SharedDict<K, V> dict(String name) {
    return dictOf(name, Object.class, Object.class);
  }

  @Override
  public <K, V> SharedDict<K, V> dict(String name, Class<K> keys, Class<V> values) {
    return dictOf(name, keys, values);
  }

  /** A dictionary; each end may have other types. */
  <K, V> SharedDict<K, V> dictOf(String name, Type keys, Type values) {
    SyncObject object = object(SyncKind.DICT, name, 0);
    return new SessionDict<>(object, codec(keys, object), codec(values, object));
  }

  /** As what a first value's like are written and read. */
  private static Type declared(Object initial) {
    Objects.requireNonNull(initial, "initial");
    if (initial instanceof Enum<?> constant) {
      return constant.getDeclaringClass();
    }
    return initial instanceof Collection || initial instanceof Map
        ? Object.class
        : initial.getClass();
  }

  private static int atLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, not %d".formatted(what, least, value));
    }
    return value;
  }
}
