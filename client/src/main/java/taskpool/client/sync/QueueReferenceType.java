package taskpool.client.sync;

import java.lang.reflect.Type;
import taskpool.client.KnownPools;
import taskpool.codec.ReferenceType;
import taskpool.error.NotSendableException;
import taskpool.sync.ClusterQueue;

/**
 * Queues travel, too; what their elements are is said by the declaration where they arrive. Found
 * by {@link java.util.ServiceLoader}.
 */
@SuppressWarnings("rawtypes") // any queue
public final class QueueReferenceType implements ReferenceType<ClusterQueue, SyncReference> {
  @Override
  public Class<ClusterQueue> type() {
    return ClusterQueue.class;
  }

  @Override
  public Class<SyncReference> form() {
    return SyncReference.class;
  }

  @Override
  public SyncReference refer(ClusterQueue queue) {
    if (queue instanceof SessionQueue<?> known) {
      return known.reference();
    }
    throw new NotSendableException(
        "%s did not come from a pool: no other process can find it".formatted(queue));
  }

  @Override
  public ClusterQueue resolve(SyncReference reference) {
    return resolve(reference, Object.class);
  }

  @Override
  public ClusterQueue resolve(SyncReference reference, Type element) {
    return KnownPools.objects(reference.pool())
        .queueOf(reference.name(), (int) reference.parameter(), element);
  }
}
