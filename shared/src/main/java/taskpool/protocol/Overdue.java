package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A running lease that should have ended and can only be stopped together with its worker.
 *
 * @param retry whether its terms ask for another run
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Overdue(long lease, Reason reason, boolean retry) {

  /** Why it should have ended. Sent as its ordinal. */
  @JsonFormat(shape = JsonFormat.Shape.NUMBER)
  public enum Reason {
    /** Its hard limit is over. */
    HARD_LIMIT,
    /** It was cancelled and interrupted, and the grace for that is over. */
    CANCELLED
  }
}
