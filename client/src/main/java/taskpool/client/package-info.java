/**
 * The submitting end. Entry types: {@link taskpool.client.SessionPool}, a {@link taskpool.TaskPool}
 * over one session with a coordinator; {@link taskpool.client.SessionActor}, its end of the wire;
 * {@link taskpool.client.ClientSession}, what it decides, as plain Java. Not for users to import.
 *
 * <p>Arguments are written in the caller's thread, results are read in the thread that asks for
 * them; the actor moves bytes only.
 */
@NullMarked
package taskpool.client;

import org.jspecify.annotations.NullMarked;
