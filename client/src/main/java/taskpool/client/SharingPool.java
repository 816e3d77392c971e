package taskpool.client;

import taskpool.TaskPool;
import taskpool.client.sync.SessionObjects;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterEvent;
import taskpool.sync.ClusterLatch;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;
import taskpool.sync.ClusterSemaphore;

/** A pool that gives out the primitives of a session; nothing but delegation. */
abstract class SharingPool implements TaskPool {

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
  public <E> ClusterQueue<E> queue(String name, int capacity) {
    return objects().queue(name, capacity);
  }

  @Override
  public <E> ClusterQueue<E> queue(String name, int capacity, Class<E> type) {
    return objects().queue(name, capacity, type);
  }
}
