/**
 * Owns the worker JVMs of one host. Entry type: {@link taskpool.worker.host.HostAgent}.
 *
 * <p>It starts the processes, tells each what to do over its standard input, passes on what they
 * write, notices at once when one dies and starts another. Guaranteed: no worker outlives the
 * agent's process by more than two seconds, not even when that is killed, because a worker ends
 * when its standard input does. What its tasks have started is killed by the agent after its exit;
 * if the agent is dead, by the worker itself before its exit. Its tasks run on meanwhile, so what
 * they start after that, such as a program in place of the one that was killed, is left.
 */
@NullMarked
package taskpool.worker.host;

import org.jspecify.annotations.NullMarked;
