package taskpool.client;

import org.jspecify.annotations.Nullable;
import taskpool.Call;
import taskpool.PoolCompletionService;
import taskpool.PoolExecutor;
import taskpool.TaskPool;
import taskpool.client.executor.ExecutorPool;
import taskpool.client.executor.PoolTask;
import taskpool.client.executor.SessionCompletionService;
import taskpool.client.executor.SessionExecutor;
import taskpool.client.sync.SessionObjects;
import taskpool.function.Action0;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterEvent;
import taskpool.sync.ClusterLatch;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;
import taskpool.sync.ClusterSemaphore;
import taskpool.sync.Pipe;
import taskpool.sync.SharedArray;
import taskpool.sync.SharedDict;
import taskpool.sync.SharedList;
import taskpool.sync.SharedValue;

/**
 * A pool that gives out the primitives of a session, and executors over itself; nothing but
 * delegation.
 */
abstract class SharingPool implements TaskPool, ExecutorPool {

  @Override
  public abstract <R extends @Nullable Object> PoolTask<R> applyAsync(Call<R> call);

  /** The session behind it; it may be opened for that. */
  abstract SessionPool session();

  @Override
  public PoolExecutor executor() {
    return new SessionExecutor(this, work -> session().resubmit(work));
  }

  @Override
  public <V> PoolCompletionService<V> completionService() {
    return new SessionCompletionService<>(this);
  }

  /** The primitives of the session. */
  abstract SessionObjects objects();

  @Override
  public ClusterLock lock(String name) {
    return objects().lock(name);
  }

  @Override
  public ClusterLock reentrantLock(String name) {
    return objects().reentrantLock(name);
  }

  @Override
  public ClusterSemaphore semaphore(String name, int permits) {
    return objects().semaphore(name, permits);
  }

  @Override
  public ClusterSemaphore boundedSemaphore(String name, int permits) {
    return objects().boundedSemaphore(name, permits);
  }

  @Override
  public ClusterEvent event(String name) {
    return objects().event(name);
  }

  @Override
  public ClusterLatch latch(String name, int count) {
    return objects().latch(name, count);
  }

  @Override
  public ClusterBarrier barrier(String name, int parties) {
    return objects().barrier(name, parties);
  }

  @Override
  public ClusterBarrier barrier(String name, int parties, Action0 action) {
    return objects().barrier(name, parties, action);
  }

  @Override
  public <E> ClusterQueue<E> queue(String name, int capacity) {
    return objects().queue(name, capacity);
  }

  @Override
  public <E> ClusterQueue<E> queue(String name, int capacity, Class<E> type) {
    return objects().queue(name, capacity, type);
  }

  @Override
  public <E> ClusterQueue<E> redeliveringQueue(String name, int capacity, Class<E> type) {
    return objects().redeliveringQueue(name, capacity, type);
  }

  @Override
  public <E> Pipe<E> pipe(String name) {
    return objects().pipe(name);
  }

  @Override
  public <E> Pipe<E> pipe(String name, Class<E> type) {
    return objects().pipe(name, type);
  }

  @Override
  public <V> SharedValue<V> value(String name, V initial) {
    return objects().value(name, initial);
  }

  @Override
  public <E> SharedArray<E> array(String name, int length, E initial) {
    return objects().array(name, length, initial);
  }

  @Override
  public <E> SharedList<E> list(String name) {
    return objects().list(name);
  }

  @Override
  public <E> SharedList<E> list(String name, Class<E> type) {
    return objects().list(name, type);
  }

  @Override
  public <K, V> SharedDict<K, V> dict(String name) {
    return objects().dict(name);
  }

  @Override
  public <K, V> SharedDict<K, V> dict(String name, Class<K> keys, Class<V> values) {
    return objects().dict(name, keys, values);
  }
}
