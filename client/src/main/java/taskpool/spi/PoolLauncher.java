package taskpool.spi;

import taskpool.PoolSettings;
import taskpool.TaskPool;

/**
 * Starts pools; found by {@link java.util.ServiceLoader}. The module {@code taskpool-deploy} has
 * one.
 */
public interface PoolLauncher {
  /** Starts the coordinator in this process and the workers beside it; does not wait for them. */
  TaskPool launch(PoolSettings settings);
}
