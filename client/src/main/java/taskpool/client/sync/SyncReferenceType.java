package taskpool.client.sync;

import java.lang.reflect.Type;
import java.util.List;
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
import taskpool.sync.ClusterQueue;
import taskpool.sync.ClusterSemaphore;
import taskpool.sync.PipeEnd;
import taskpool.sync.SharedArray;
import taskpool.sync.SharedDict;
import taskpool.sync.SharedList;
import taskpool.sync.SharedValue;

/**
 * Primitives travel: what arrives is the same one, seen over a session of the receiving process.
 * What the elements of a generic one are is said by the declaration where it arrives. One class for
 * each interface, as {@link java.util.ServiceLoader} wants it.
 *
 * @param <T> the interface
 * @param <S> what this process knows it as
 */
@SuppressWarnings("rawtypes") // any queue, any value
public abstract class SyncReferenceType<T, S extends T> implements ReferenceType<T, SyncReference> {

  /** Finds a primitive again. */
  private interface Resolver<T> {
    T resolve(SessionObjects objects, SyncReference reference, List<Type> arguments);
  }

  private final Class<T> type;
  private final Class<S> own;
  private final Function<S, SyncReference> refer;
  private final Resolver<T> resolver;

  private SyncReferenceType(
      Class<T> type, Class<S> own, Function<S, SyncReference> refer, Resolver<T> resolver) {
    this.type = type;
    this.own = own;
    this.refer = refer;
    this.resolver = resolver;
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
    return resolve(reference, List.of());
  }

  @Override
  public final T resolve(SyncReference reference, List<Type> arguments) {
    return resolver.resolve(KnownPools.objects(reference.pool()), reference, arguments);
  }

  /** A type argument of the declaration; anything if it has none. */
  private static Type argument(List<Type> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : Object.class;
  }

  private static ClusterLock lockOf(SessionObjects objects, SyncReference reference) {
    return reference.kind() == SyncKind.REENTRANT_LOCK
        ? objects.reentrantLock(reference.name())
        : objects.lock(reference.name());
  }

  private static ClusterSemaphore semaphoreOf(SessionObjects objects, SyncReference reference) {
    int permits = (int) reference.parameter();
    return reference.kind() == SyncKind.BOUNDED_SEMAPHORE
        ? objects.boundedSemaphore(reference.name(), permits)
        : objects.semaphore(reference.name(), permits);
  }

  /** Of locks. */
  public static final class Locks extends SyncReferenceType<ClusterLock, SessionLock> {
    /** For the service loader. */
    public Locks() {
      super(
          ClusterLock.class,
          SessionLock.class,
          SessionLock::reference,
          (objects, reference, none) -> lockOf(objects, reference));
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
          (objects, reference, none) -> lockOf(objects, reference).condition(reference.part()));
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
          (objects, reference, none) -> semaphoreOf(objects, reference));
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
          (objects, reference, none) -> objects.event(reference.name()));
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
          (objects, reference, none) ->
              objects.latch(reference.name(), (int) reference.parameter()));
    }
  }

  /** Of barriers. */
  public static final class Barriers extends SyncReferenceType<ClusterBarrier, SessionBarrier> {
    /** For the service loader. */
    public Barriers() {
      super(
          ClusterBarrier.class,
          SessionBarrier.class,
          SessionBarrier::written,
          (objects, reference, none) ->
              objects.barrierOf(
                  reference.name(), (int) reference.parameter(), reference.initial()));
    }
  }

  /** Of queues. */
  public static final class Queues extends SyncReferenceType<ClusterQueue, SessionQueue> {
    /** For the service loader. */
    public Queues() {
      super(
          ClusterQueue.class,
          SessionQueue.class,
          SessionQueue::reference,
          (objects, reference, arguments) ->
              objects.queueOf(
                  reference.kind(),
                  reference.name(),
                  (int) reference.parameter(),
                  argument(arguments, 0)));
    }
  }

  /** Of the ends of pipes. */
  public static final class PipeEnds extends SyncReferenceType<PipeEnd, SessionPipeEnd> {
    /** For the service loader. */
    public PipeEnds() {
      super(
          PipeEnd.class,
          SessionPipeEnd.class,
          SessionPipeEnd::reference,
          (objects, reference, arguments) ->
              objects.pipeEndOf(
                  reference.name(), Integer.parseInt(reference.part()), argument(arguments, 0)));
    }
  }

  /** Of values. */
  public static final class Values extends SyncReferenceType<SharedValue, SessionValue> {
    /** For the service loader. */
    public Values() {
      super(
          SharedValue.class,
          SessionValue.class,
          SessionValue::reference,
          (objects, reference, arguments) ->
              objects.valueOf(reference.name(), reference.initial(), argument(arguments, 0)));
    }
  }

  /** Of arrays. */
  public static final class Arrays extends SyncReferenceType<SharedArray, SessionArray> {
    /** For the service loader. */
    public Arrays() {
      super(
          SharedArray.class,
          SessionArray.class,
          SessionArray::reference,
          (objects, reference, arguments) ->
              objects.arrayOf(
                  reference.name(),
                  (int) reference.parameter(),
                  reference.initial(),
                  argument(arguments, 0)));
    }
  }

  /** Of lists. */
  public static final class Lists extends SyncReferenceType<SharedList, SessionList> {
    /** For the service loader. */
    public Lists() {
      super(
          SharedList.class,
          SessionList.class,
          SessionList::reference,
          (objects, reference, arguments) ->
              objects.listOf(reference.name(), argument(arguments, 0)));
    }
  }

  /** Of dictionaries. */
  public static final class Dicts extends SyncReferenceType<SharedDict, SessionDict> {
    /** For the service loader. */
    public Dicts() {
      super(
          SharedDict.class,
          SessionDict.class,
          SessionDict::reference,
          (objects, reference, arguments) ->
              objects.dictOf(reference.name(), argument(arguments, 0), argument(arguments, 1)));
    }
  }
}
