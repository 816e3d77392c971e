package taskpool.client;

import taskpool.TaskPool;
import taskpool.codec.ReferenceType;
import taskpool.error.NotSendableException;

/** Pools travel: what arrives is the same pool, seen over a session of the receiving process. */
public final class PoolReferenceType implements ReferenceType<TaskPool, PoolReference> {
  @Override
  public Class<TaskPool> type() {
    return TaskPool.class;
  }

  @Override
  public Class<PoolReference> form() {
    return PoolReference.class;
  }

  @Override
  public PoolReference refer(TaskPool pool) {
    if (pool instanceof SessionPool open) {
      return open.reference();
    }
    if (pool instanceof OptionsView view) {
      return view.reference();
    }
    if (pool instanceof ReferredPool referred) {
      return referred.reference();
    }
    throw new NotSendableException("a %s is no pool of ours".formatted(pool.getClass().getName()));
  }

  @Override
  public TaskPool resolve(PoolReference reference) {
    return KnownPools.resolve(reference);
  }
}
