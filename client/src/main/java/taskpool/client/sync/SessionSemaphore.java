package taskpool.client.sync;

import java.time.Duration;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.sync.ClusterSemaphore;

/** A semaphore as this process sees it. Thread-safe. */
final class SessionSemaphore implements ClusterSemaphore {
  private final SyncObject object;

  SessionSemaphore(SyncObject object) {
    this.object = object;
  }

  private static void check(int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be at least 1, not " + permits);
    }
  }

  @Override
  public void acquire(int permits) throws InterruptedException {
    boolean unused = acquire(permits, SyncRequest.FOR_EVER);
  }

  @Override
  public boolean tryAcquire() {
    return object.ask(SyncOperation.ACQUIRE, 1).status() == Status.OK;
  }

  @Override
  public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
    return acquire(permits, SyncObject.nanos(timeout));
  }

  private boolean acquire(int permits, long timeoutNanos) throws InterruptedException {
    check(permits);
    return object
            .await(
                SyncOperation.ACQUIRE,
                permits,
                timeoutNanos,
                null,
                reply -> object.ask(SyncOperation.RELEASE, permits).status() == Status.OK)
            .status()
        == Status.OK;
  }

  @Override
  public void release(int permits) {
    check(permits);
    if (object.ask(SyncOperation.RELEASE, permits).status() == Status.NOT_OWNER) {
      throw new IllegalStateException(
          "%s is bounded: more permits than at first can't be in it".formatted(object));
    }
  }

  @Override
  public int availablePermits() {
    return (int) Math.min(Integer.MAX_VALUE, object.ask(SyncOperation.STATE).value());
  }

  SyncReference reference() {
    return object.reference("");
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
