/**
 * Batches that arrive once and in order over a transport that may drop, delay, repeat and reorder.
 * Entry type: {@link taskpool.link.Link}; one at each end of client–coordinator and
 * coordinator–worker.
 *
 * <p>Pure: no clock, no threads, no Akka. The owner passes the time in and gives a {@link
 * taskpool.link.Link.Transport} that is called for every batch to send. Guaranteed: each batch is
 * handed out once, in order, as long as both ends live; the bytes in flight stay below a bound; a
 * payload larger than a batch moves in chunks between which small parcels go on.
 */
@NullMarked
package taskpool.link;

import org.jspecify.annotations.NullMarked;
