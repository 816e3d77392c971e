package taskpool.client;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import taskpool.error.PoolClosedException;
import taskpool.error.PoolFullException;
import taskpool.spi.CurrentTask;

/**
 * How much may be submitted and unfinished. Back-pressure reaches the submitting thread here: it
 * blocks, or is refused. Thread-safe.
 */
final class SubmissionWindow {
  private final int maxTasks;
  private final long maxBytes;
  private final boolean refuseWhenFull;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int tasks;
  private long bytes;
  private boolean closed;

  SubmissionWindow(int maxTasks, long maxBytes, boolean refuseWhenFull) {
    this.maxTasks = maxTasks;
    this.maxBytes = maxBytes;
    this.refuseWhenFull = refuseWhenFull;
  }

  /** Takes room for a task; blocks while there is none. */
  void acquire(long taskBytes) {
    lock.lock();
    try {
      while (!closed && tasks > 0 && (tasks >= maxTasks || bytes + taskBytes > maxBytes)) {
        if (refuseWhenFull) {
          throw new PoolFullException(
              "%d tasks with %d bytes of arguments are unfinished, the window is %d tasks and %d bytes"
                  .formatted(tasks, bytes, maxTasks, maxBytes));
        }
        awaitRoom();
      }
      if (closed) {
        throw new PoolClosedException("the pool is closed: it takes no more tasks");
      }
      tasks++;
      bytes += taskBytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for room in the pool's window");
    } finally {
      lock.unlock();
    }
  }

  /** With the slot lent, and not with the lock in hand while it is taken back. */
  @SuppressWarnings({"WaitNotInLoop", "LockNotBeforeTry"}) // the caller's loop and lock
  private void awaitRoom() throws InterruptedException {
    CurrentTask.lendSlot();
    try {
      changed.await();
    } finally {
      lock.unlock();
      CurrentTask.takeSlotBack();
      lock.lock();
    }
  }

  /** A task has ended. */
  void release(long taskBytes) {
    lock.lock();
    try {
      tasks--;
      bytes -= taskBytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is let in any more; who waits is refused. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether every task that was let in has ended. */
  boolean isEmpty() {
    lock.lock();
    try {
      return tasks == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until every task that was let in has ended. */
  void awaitEmpty() throws InterruptedException {
    lock.lock();
    try {
      while (tasks > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
