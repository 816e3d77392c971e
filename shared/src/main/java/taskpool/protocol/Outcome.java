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
    /** The workers that ran it died: a {@link LostWorker}. */
    LOST,
    /** It was cancelled and runs no more; no payload. */
    CANCELLED
  }

  @Override
  public Outcome withPayload(byte @Nullable [] payload) {
    return new Outcome(id, kind, payload);
  }
}
