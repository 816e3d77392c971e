package taskpool.client.sync;

import java.time.Duration;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncRequest;
import taskpool.sync.ClusterLatch;

/** A latch as this process sees it. Thread-safe. */
final class SessionLatch implements ClusterLatch {
  private final SyncObject object;

  SessionLatch(SyncObject object) {
    this.object = object;
  }

  @Override
  public void countDown() {
    object.ask(SyncOperation.COUNT_DOWN);
  }

  @Override
  public long getCount() {
    return object.ask(SyncOperation.STATE).value();
  }

  @Override
  public void await() throws InterruptedException {
    boolean unused = object.await(SyncOperation.AWAIT, SyncRequest.FOR_EVER);
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    return object.await(SyncOperation.AWAIT, SyncObject.nanos(timeout));
  }

  SyncReference reference() {
    return object.reference("");
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
