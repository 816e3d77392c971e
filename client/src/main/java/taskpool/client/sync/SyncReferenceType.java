package taskpool.client.sync;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import taskpool.client.KnownPools;
import taskpool.codec.ReferenceType;
import taskpool.error.NotSendableException;
import taskpool.protocol.SyncKind;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterCondition;
import taskpool.sync.ClusterEvent;
import taskpool.sync.ClusterLatch;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterSemaphore;
import taskpool.sync.SharedObjects;

/**
 * Primitives travel: what arrives is the same one, seen over a session of the receiving process.
 * One class for each interface, as {@link java.util.ServiceLoader} wants it.
 *
 * @param <T> the interface
 * @param <S> what this process knows it as
 */
public abstract class SyncReferenceType<T, S extends T> implements ReferenceType<T, SyncReference> {
  private final Class<T> type;
  private final Class<S> own;
  private final Function<S, SyncReference> refer;
  private final BiFunction<SharedObjects, SyncReference, T> resolve;

  private SyncReferenceType(
      Class<T> type,
      Class<S> own,
      Function<S, SyncReference> refer,
      BiFunction<SharedObjects, SyncReference, T> resolve) {
    this.type = type;
    this.own = own;
    this.refer = refer;
    this.resolve = resolve;
  }

  @Override
  public final Class<T> type() {
    return type;
  }

  @Override
  public final Class<SyncReference> form() {
    return SyncReference.class;
  }

  @Override
  public final SyncReference refer(@Nullable T value) {
    if (own.isInstance(value)) {
      return refer.apply(own.cast(value));
    }
    throw new NotSendableException(
        "%s did not come from a pool: no other process can find it".formatted(value));
  }

  @Override
  public final T resolve(SyncReference reference) {
    return resolve.apply(KnownPools.resolve(reference.pool()), reference);
  }

  private static ClusterLock lockOf(SharedObjects pool, SyncReference reference) {
    return reference.kind() == SyncKind.REENTRANT_LOCK
        ? pool.reentrantLock(reference.name())
        : pool.lock(reference.name());
  }

  private static ClusterSemaphore semaphoreOf(SharedObjects pool, SyncReference reference) {
    int permits = (int) reference.parameter();
    return reference.kind() == SyncKind.BOUNDED_SEMAPHORE
        ? pool.boundedSemaphore(reference.name(), permits)
        : pool.semaphore(reference.name(), permits);
  }

  /** Of locks. */
  public static final class Locks extends SyncReferenceType<ClusterLock, SessionLock> {
    /** For the service loader. */
    public Locks() {
      super(
          ClusterLock.class, SessionLock.class, SessionLock::reference, SyncReferenceType::lockOf);
    }
  }

  /** Of conditions. */
  public static final class Conditions
      extends SyncReferenceType<ClusterCondition, SessionCondition> {
    /** For the service loader. */
    public Conditions() {
      super(
          ClusterCondition.class,
          SessionCondition.class,
          SessionCondition::reference,
          (pool, reference) -> lockOf(pool, reference).condition(reference.condition()));
    }
  }

  /** Of semaphores. */
  public static final class Semaphores
      extends SyncReferenceType<ClusterSemaphore, SessionSemaphore> {
    /** For the service loader. */
    public Semaphores() {
      super(
          ClusterSemaphore.class,
          SessionSemaphore.class,
          SessionSemaphore::reference,
          SyncReferenceType::semaphoreOf);
    }
  }

  /** Of events. */
  public static final class Events extends SyncReferenceType<ClusterEvent, SessionEvent> {
    /** For the service loader. */
    public Events() {
      super(
          ClusterEvent.class,
          SessionEvent.class,
          SessionEvent::reference,
          (pool, reference) -> pool.event(reference.name()));
    }
  }

  /** Of latches. */
  public static final class Latches extends SyncReferenceType<ClusterLatch, SessionLatch> {
    /** For the service loader. */
    public Latches() {
      super(
          ClusterLatch.class,
          SessionLatch.class,
          SessionLatch::reference,
          (pool, reference) -> pool.latch(reference.name(), (int) reference.parameter()));
    }
  }

  /** Of barriers. */
  public static final class Barriers extends SyncReferenceType<ClusterBarrier, SessionBarrier> {
    /** For the service loader. */
    public Barriers() {
      super(
          ClusterBarrier.class,
          SessionBarrier.class,
          SessionBarrier::reference,
          (pool, reference) -> pool.barrier(reference.name(), (int) reference.parameter()));
    }
  }
}
