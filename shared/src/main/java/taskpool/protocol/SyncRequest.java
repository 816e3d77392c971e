package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * Asks something of a primitive: a lock, a semaphore, a barrier.
 *
 * @param id unique in the session, among its tasks too
 * @param object which primitive, as numbered by the client
 * @param argument what the operation says
 * @param timeoutNanos how long it may wait; 0 for not at all, {@link #FOR_EVER} for as long as it
 *     takes
 * @param payload what the operation says
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record SyncRequest(
    long id,
    int object,
    SyncOperation operation,
    long argument,
    long timeoutNanos,
    byte @Nullable [] payload)
    implements Parcel<SyncRequest> {
  /** Waits without a limit. */
  public static final long FOR_EVER = -1;

  /** The same with another argument. */
  public SyncRequest withArgument(long other) {
    return new SyncRequest(id, object, operation, other, timeoutNanos, payload);
  }

  @Override
  public SyncRequest withPayload(byte @Nullable [] payload) {
    return new SyncRequest(id, object, operation, argument, timeoutNanos, payload);
  }
}
