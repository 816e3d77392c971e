package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * From a worker to the coordinator; processed in the order of its components.
 *
 * @param overdue leases that must be stopped together with the worker
 * @param returned leases handed back unstarted, newest first
 * @param lent how many of its unfinished leases have lent their slots to others
 * @param credit how many unfinished leases the worker wants to hold from now on
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record WorkerBatch(
    List<Progress> progress,
    List<Chunk> chunks,
    List<Outcome> outcomes,
    List<CancelAnswer> cancelAnswers,
    List<Overdue> overdue,
    List<Long> returned,
    int lent,
    int credit) {}
