/**
 * What the processes of a pool share to keep step: queues, locks, semaphores, events, latches and
 * barriers, after {@code multiprocessing} and {@code java.util.concurrent}. Entry type: {@link
 * taskpool.sync.SharedObjects}, which every {@link taskpool.TaskPool} is.
 *
 * <p>Each lives at the pool's coordinator under its name, until the pool ends, and is the same for
 * the program and for all tasks and processes. It travels as an argument or result, or in one; what
 * arrives is the same thing. A wait blocks the calling thread and nothing else. Waiters are served
 * in the order in which they came. When a process dies, what it held is freed and who waits for it
 * gets to know.
 */
@NullMarked
package taskpool.sync;

import org.jspecify.annotations.NullMarked;
