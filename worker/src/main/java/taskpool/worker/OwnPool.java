package taskpool.worker;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import taskpool.PoolSettings;
import taskpool.TaskOptions;
import taskpool.TaskPool;
import taskpool.client.PoolOwner;
import taskpool.client.SessionPool;
import taskpool.link.LinkSettings;
import taskpool.node.Node;
import taskpool.payload.PayloadFolder;
import taskpool.payload.Payloads;
import taskpool.protocol.CoordinatorCommand;

/** The pool that a worker belongs to, for its tasks to submit to; opened when first asked for. */
final class OwnPool {
  private static final int WINDOW_TASKS = 100_000;
  private static final long WINDOW_BYTES = 64L * 1024 * 1024;

  private final Node node;
  private final ActorRef<CoordinatorCommand> coordinator;
  private final WorkerBoot boot;
  private volatile @Nullable SessionPool pool;

  OwnPool(Node node, ActorRef<CoordinatorCommand> coordinator, WorkerBoot boot) {
    this.node = node;
    this.coordinator = coordinator;
    this.boot = boot;
  }

  synchronized TaskPool get() {
    SessionPool open = pool;
    if (open == null) {
      open = open();
      pool = open;
    }
    return open;
  }

  /** Whether no task of this worker's tasks is unfinished. Does not block. */
  boolean isIdle() {
    SessionPool open = pool;
    return open == null || open.isIdle();
  }

  private SessionPool open() {
    PoolSettings settings =
        new PoolSettings(
            "worker-" + boot.number(),
            boot.poolWorkers(),
            boot.slots(),
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            WINDOW_TASKS,
            WINDOW_BYTES,
            false,
            true,
            Duration.ofSeconds(60),
            TaskOptions.none(),
            Duration.ofSeconds(15),
            boot.limits().cancelGrace(),
            0,
            0);
    return new SessionPool(
        node,
        coordinator,
        LinkSettings.remote(),
        ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE),
        settings,
        boot.payloads()
            .map(path -> PayloadFolder.at(path).ofTasksIn(boot.number()))
            .orElseGet(Payloads::inMessages),
        PoolOwner.borrowed(boot.poolWorkers(), boot.poolWorkers() * boot.slots()));
  }
}
