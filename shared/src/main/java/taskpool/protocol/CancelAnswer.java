package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * The answer to a {@link Cancel}. There is none when the task has ended: its outcome, which is on
 * its way then, is the answer.
 *
 * @param accepted false when the task runs and may not be interrupted
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record CancelAnswer(long id, boolean accepted) {}
