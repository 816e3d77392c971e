package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended. On the way from a worker its id is the lease, on the way to a client the task.
 *
 * @param payload what {@code kind} says
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Outcome(long id, Kind kind, byte @Nullable [] payload) implements Parcel<Outcome> {

  /** What the payload of an outcome is. Sent as its ordinal. */
  @JsonFormat(shape = JsonFormat.Shape.NUMBER)
  public enum Kind {
    /** The result of each call, one after the other. */
    VALUES,
    /**
     * For each call of a bulk task {@code true} and its result, or {@code false} and its failure.
     */
    MIXED,
    /** One failure that stands for the whole task. */
    FAILURE,
    /** {@link #FAILURE} of a run that the task's terms want repeated; from workers only. */
    RETRY_FAILURE,
    /** {@link #MIXED} of a run that the task's terms want repeated; from workers only. */
    RETRY_MIXED,
    /** The workers that ran it died, or none can be started: an array of {@link LostWorker}. */
    LOST,
    /** It was cancelled and runs no more; no payload if no run of it has begun. */
    CANCELLED
  }

  private static final byte[] HAS_BEGUN = {1};

  /**
   * A task that runs no more.
   *
   * @param begun whether a run of it has begun, or may have
   */
  public static Outcome cancelled(long id, boolean begun) {
    return new Outcome(id, Kind.CANCELLED, begun ? HAS_BEGUN : null);
  }

  /** Whether it was cancelled before any run of it had begun. */
  public boolean hasNeverBegun() {
    return kind == Kind.CANCELLED && (payload == null || payload.length == 0);
  }

  /** The same under another number and kind. */
  public Outcome with(long id, Kind kind) {
    return new Outcome(id, kind, payload);
  }

  @Override
  public Outcome withPayload(byte @Nullable [] payload) {
    return new Outcome(id, kind, payload);
  }
}
