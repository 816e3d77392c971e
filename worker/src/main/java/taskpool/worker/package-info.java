/**
 * Runs tasks in a JVM of its own. Entry types: {@link taskpool.worker.WorkerMain}, the process;
 * {@link taskpool.worker.WorkerActor}, its end of the wire; {@link taskpool.worker.Worker}, the
 * decisions behind it as plain Java.
 *
 * <p>User code runs on slot threads only, see {@link taskpool.worker.SlotThreads}. Leases start in
 * the order in which they came; what cannot start soon is handed back to the coordinator, so no
 * task waits behind a long one while a slot is free elsewhere.
 */
@NullMarked
package taskpool.worker;

import org.jspecify.annotations.NullMarked;
