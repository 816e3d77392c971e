/**
 * How {@link taskpool.TaskPool} finds what starts a pool. Entry type: {@link
 * taskpool.spi.PoolLauncher}.
 */
@NullMarked
package taskpool.spi;

import org.jspecify.annotations.NullMarked;
