package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * From a client to the coordinator; processed in the order of its components.
 *
 * @param functions each function once; submissions refer to it by index
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record ClientBatch(
    List<byte[]> functions,
    List<Chunk> chunks,
    List<Submission> submissions,
    List<Cancel> cancels,
    List<SyncRequest> requests) {}
