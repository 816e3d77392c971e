/**
 * What every process of a pool has: an actor system of our own making ({@link
 * taskpool.node.NodeSystem}) and the way other threads reach its actors ({@link
 * taskpool.node.Handoff}).
 *
 * <p>Guaranteed: nothing of the surrounding program's Akka settings is read and nothing of it is
 * changed; all threads are daemons.
 */
@NullMarked
package taskpool.node;

import org.jspecify.annotations.NullMarked;
