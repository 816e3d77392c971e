package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a task once, on its way from the coordinator to a worker.
 *
 * @param id unique among all leases of a coordinator, so a late result of a lost lease is told
 *     apart
 * @param session the session that submitted the task
 * @param task the task's number in that session
 * @param attempt 1 for the first run
 * @param function index into the batch's functions
 * @param bulk whether the payload holds the arguments of many calls
 * @param terms what the submitter asked for, if anything
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Lease(
    long id,
    int session,
    long task,
    int attempt,
    int function,
    boolean bulk,
    @Nullable Terms terms,
    byte @Nullable [] payload)
    implements Parcel<Lease> {
  @Override
  public Lease withPayload(byte @Nullable [] payload) {
    return new Lease(id, session, task, attempt, function, bulk, terms, payload);
  }
}
