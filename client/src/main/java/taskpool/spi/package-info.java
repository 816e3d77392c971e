/**
 * How {@link taskpool.TaskPool} and {@link taskpool.JvmProcess} find what starts pools and
 * processes ({@link taskpool.spi.PoolLauncher}, {@link taskpool.spi.ProcessLauncher}), and what
 * those tell the code that runs there ({@link taskpool.spi.CurrentTask}, {@link
 * taskpool.spi.CurrentProcess}).
 */
@NullMarked
package taskpool.spi;

import org.jspecify.annotations.NullMarked;
