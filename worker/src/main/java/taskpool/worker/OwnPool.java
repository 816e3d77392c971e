package taskpool.worker;

import akka.actor.typed.ActorRef;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import taskpool.TaskPool;
import taskpool.client.PoolReference;
import taskpool.client.SessionPool;
import taskpool.node.Node;
import taskpool.payload.PayloadFolder;
import taskpool.payload.Payloads;
import taskpool.protocol.CoordinatorCommand;

/** The pool that a worker belongs to, for its tasks to submit to; opened when first asked for. */
final class OwnPool {
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
    PoolReference reference =
        new PoolReference(
            "worker-" + boot.number(),
            boot.coordinator(),
            boot.poolWorkers(),
            boot.poolWorkers() * boot.slots(),
            boot.payloads().map(Path::toString));
    Payloads payloads =
        boot.payloads()
            .map(path -> PayloadFolder.at(path).ofTasksIn(boot.number()))
            .orElseGet(Payloads::inMessages);
    return SessionPool.borrowed(node, coordinator, reference, payloads);
  }
}
