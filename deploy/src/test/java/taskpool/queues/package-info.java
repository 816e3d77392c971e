/**
 * The two halves of a queue against each other: what processes decide about what they have of it in
 * advance, and what the coordinator decides, joined by messages that take their time. Entry types:
 * {@link taskpool.queues.QueueEndsPropertyTest}, which makes many runs, and {@link
 * taskpool.queues.QueueWorld}, one run.
 *
 * <p>Everything a run does follows from its seed.
 */
@NullMarked
package taskpool.queues;

import org.jspecify.annotations.NullMarked;
