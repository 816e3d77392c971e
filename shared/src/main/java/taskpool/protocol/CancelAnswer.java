package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * The answer to a {@link Cancel}.
 *
 * @param accepted false when the task runs and may not be interrupted, or has ended
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record CancelAnswer(long id, boolean accepted) {}
