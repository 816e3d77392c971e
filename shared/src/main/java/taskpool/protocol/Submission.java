package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way from a client to the coordinator.
 *
 * @param id the task's number in its session
 * @param function index into the batch's functions
 * @param bulk whether the payload holds the arguments of many calls
 * @param terms what it asks for, if anything
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Submission(
    long id, int function, boolean bulk, @Nullable Terms terms, byte @Nullable [] payload)
    implements Parcel<Submission> {
  @Override
  public Submission withPayload(byte @Nullable [] payload) {
    return new Submission(id, function, bulk, terms, payload);
  }
}
