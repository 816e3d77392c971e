package taskpool.deploy;

import taskpool.PoolSettings;
import taskpool.TaskPool;
import taskpool.spi.PoolLauncher;

/** Starts pools whose coordinator lives in this process. */
public final class LocalPoolLauncher implements PoolLauncher {
  @Override
  public TaskPool launch(PoolSettings settings) {
    return LocalCluster.start(settings).pool();
  }
}
