package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * Asks that a task run no more.
 *
 * @param id the task on the way from a client, the lease on the way to a worker
 * @param interrupt whether to interrupt it if it runs already
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Cancel(long id, boolean interrupt) {}
