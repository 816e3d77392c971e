package taskpool.client.sync;

import java.time.Duration;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncRequest;
import taskpool.sync.ClusterEvent;

/** An event as this process sees it. Thread-safe. */
final class SessionEvent implements ClusterEvent {
  private final SyncObject object;

  SessionEvent(SyncObject object) {
    this.object = object;
  }

  @Override
  public void set() {
    object.ask(SyncOperation.SET);
  }

  @Override
  public void clear() {
    object.ask(SyncOperation.CLEAR);
  }

  @Override
  public boolean isSet() {
    return object.ask(SyncOperation.STATE).value() == 1;
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
