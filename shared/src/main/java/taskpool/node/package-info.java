/**
 * What every process of a pool has: an actor system of our own making ({@link taskpool.node.Node}),
 * one thread that runs its actors and its sockets, the way from there to the actors of other
 * processes ({@link taskpool.node.Post}), and the way other threads reach its actors ({@link
 * taskpool.node.Handoff}).
 *
 * <p>Processes of one host talk over a Unix domain socket, others over Artery; either may lose
 * messages.
 *
 * <p>Guaranteed: nothing of the surrounding program's Akka settings is read and nothing of it is
 * changed; all threads are daemons.
 */
@NullMarked
package taskpool.node;

import org.jspecify.annotations.NullMarked;
