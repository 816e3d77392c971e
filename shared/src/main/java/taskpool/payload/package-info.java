/**
 * Payloads that are too large to travel in messages. Entry types: {@link
 * taskpool.payload.PayloadFolder}, where a pool keeps them, and {@link taskpool.payload.Payloads},
 * with which an end of the wire writes, reads and releases them.
 *
 * <p>To all between the two ends a payload is bytes. They either are the encoded values, or name a
 * file that holds them ({@link taskpool.payload.PayloadReference}). The file is written by one
 * process, read by others on the same host, and released by the client whose task it belongs to.
 *
 * <p>Guaranteed: a file that can't be written is no error, the values then travel in messages; what
 * can be opened under its name is whole; and nothing outlives the pool.
 */
@NullMarked
package taskpool.payload;

import org.jspecify.annotations.NullMarked;
