package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * From the coordinator to a worker; processed in the order of its components.
 *
 * @param functions each function once; leases refer to it by index
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record LeaseBatch(
    List<byte[]> functions, List<Chunk> chunks, List<Lease> leases, List<Cancel> cancels) {}
