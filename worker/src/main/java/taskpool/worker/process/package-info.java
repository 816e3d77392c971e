/**
 * The JVMs of {@link taskpool.JvmProcess}: {@link taskpool.worker.process.LocalProcessLauncher}
 * starts them and keeps spare ones ready, {@link taskpool.worker.process.ProcessMain} is what runs
 * in them.
 *
 * <p>Guaranteed: none outlives the process that started it by more than two seconds, not even when
 * that is killed, because it ends when its standard input does.
 */
@NullMarked
package taskpool.worker.process;

import org.jspecify.annotations.NullMarked;
