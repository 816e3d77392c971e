/**
 * Puts the parts together. Entry type: {@link taskpool.deploy.LocalCluster}, which gives a program
 * its own coordinator and worker JVMs; found through {@link taskpool.spi.PoolLauncher}.
 *
 * <p>Guaranteed: nothing is left running when the pool is closed or its process is gone.
 */
@NullMarked
package taskpool.deploy;

import org.jspecify.annotations.NullMarked;
