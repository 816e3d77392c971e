package taskpool.client.executor;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.spi.CurrentTask;

/** Tasks that have ended, in the order in which they did. Thread-safe. */
final class EndedTasks<V extends @Nullable Object> {
  private final LinkedBlockingQueue<PoolTask<V>> ended = new LinkedBlockingQueue<>();

  /** Will give this one, too. */
  void add(PoolTask<V> task) {
    task.whenEnded(() -> ended.add(task));
  }

  /** The next one; waits for it. */
  PoolTask<V> take() throws InterruptedException {
    PoolTask<V> next = poll(0);
    if (next != null) {
      return next;
    }
    CurrentTask.lendSlot();
    try {
      return ended.take();
    } finally {
      CurrentTask.takeSlotBack();
    }
  }

  /** The next one if there is one. */
  @Nullable PoolTask<V> poll() {
    return ended.poll();
  }

  /** The next one; waits for it for a while. */
  @Nullable PoolTask<V> poll(long timeoutNanos) throws InterruptedException {
    PoolTask<V> next = ended.poll(0, TimeUnit.NANOSECONDS); // throws if interrupted, unlike poll()
    if (next != null || timeoutNanos <= 0) {
      return next;
    }
    CurrentTask.lendSlot();
    try {
      return ended.poll(timeoutNanos, TimeUnit.NANOSECONDS);
    } finally {
      CurrentTask.takeSlotBack();
    }
  }
}
