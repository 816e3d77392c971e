package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * The one answer to a {@link SyncRequest}.
 *
 * @param id the request's
 * @param value what the operation says
 * @param payload what the operation says
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record SyncReply(long id, Status status, long value, byte @Nullable [] payload)
    implements Parcel<SyncReply> {

  /** How it went. Sent as its ordinal. */
  @JsonFormat(shape = JsonFormat.Shape.NUMBER)
  public enum Status {
    /** Done, or granted. */
    OK,
    /** The time was over before. */
    TIMED_OUT,
    /** Withdrawn before it was granted. */
    WITHDRAWN,
    /** Not who asks owns it, or more is given back than was taken. */
    NOT_OWNER,
    /** A barrier is broken; the payload says why. */
    BROKEN,
    /** All have come; whoever gets this runs the barrier's action, which is the payload. */
    RUN_ACTION,
    /** A pipe's other end is closed. */
    CLOSED,
    /** There is no such element, or no such entry. */
    ABSENT,
    /** Threads wait for one another's locks, as the payload describes. */
    DEADLOCK,
    /** What was given in advance is wanted back; the id is the object's number, negative. */
    RECALLED,
    /** The token that came with a change is older than one that was seen before. */
    STALE,
    /** It can't be done; the payload says why. */
    REFUSED
  }

  @Override
  public SyncReply withPayload(byte @Nullable [] payload) {
    return new SyncReply(id, status, value, payload);
  }
}
