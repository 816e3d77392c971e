package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/** From the coordinator to a client; processed in the order of its components. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record CompletionBatch(
    List<Progress> progress,
    List<Chunk> chunks,
    List<Outcome> outcomes,
    List<CancelAnswer> cancelAnswers,
    List<SyncReply> replies) {}
