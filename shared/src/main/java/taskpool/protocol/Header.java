package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * What makes a batch repeatable: its own number and the highest number received from the peer.
 *
 * @param sequence 1, 2, 3 … for batches; 0 when only {@code acknowledged} is of interest
 * @param acknowledged every batch up to this number has been processed
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Header(long sequence, long acknowledged) {}
