/**
 * Locks, semaphores, barriers and the like as the coordinator keeps them. Entry type: {@link
 * taskpool.coordinator.sync.Primitives}, which knows every one by name and every request that
 * waits.
 *
 * <p>Plain Java: requests in, replies out, time as an argument. Each primitive keeps its waiters in
 * the order in which they came and answers each once; only here it is decided whether a wait was
 * granted or its time was over first, so nothing is granted to one who has given up. What a session
 * held is freed when it is gone. Confined to the coordinator's actor.
 */
@NullMarked
package taskpool.coordinator.sync;

import org.jspecify.annotations.NullMarked;
