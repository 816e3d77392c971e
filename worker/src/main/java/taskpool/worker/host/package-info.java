/**
 * Owns the worker JVMs of one host. Entry type: {@link taskpool.worker.host.HostAgent}.
 *
 * <p>It starts the processes, tells each what to do over its standard input, passes on what they
 * write, notices at once when one dies and starts another. Guaranteed: no worker outlives the
 * agent's process by more than two seconds, not even when that is killed, because a worker ends
 * when its standard input does. What its tasks have started is killed with it: by the agent, or if
 * that is dead, by the worker itself till its end, so that only what a task starts in the last few
 * milliseconds may be left.
 */
@NullMarked
package taskpool.worker.host;

import org.jspecify.annotations.NullMarked;
