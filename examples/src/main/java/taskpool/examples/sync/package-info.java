/**
 * The tutorials' programs that keep step through queues, locks, barriers and the like, as short as
 * there, each a main class: {@link taskpool.examples.sync.ProducerConsumer} and {@link
 * taskpool.examples.sync.BossAndWorkers} with a queue, {@link taskpool.examples.sync.Stock} and
 * {@link taskpool.examples.sync.Counter} with a lock, {@link taskpool.examples.sync.Initialisation}
 * with a barrier, {@link taskpool.examples.sync.Cups} with an event, {@link
 * taskpool.examples.sync.Dispatcher} with a condition, {@link taskpool.examples.sync.CarPark} with
 * a semaphore.
 *
 * <p>Each shows with {@code --kill} what becomes of the others when one of its processes is killed
 * with SIGKILL in the middle.
 */
@NullMarked
package taskpool.examples.sync;

import org.jspecify.annotations.NullMarked;
