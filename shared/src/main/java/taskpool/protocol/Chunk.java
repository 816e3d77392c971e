package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A piece of a payload that is too large for one batch. Pieces come in order; the parcel itself
 * follows the last one.
 *
 * @param id the parcel that the payload belongs to
 * @param totalBytes length of the whole payload
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Chunk(long id, int totalBytes, byte[] bytes) {}
