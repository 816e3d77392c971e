package taskpool.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import taskpool.TaskPool;
import taskpool.node.Node;
import taskpool.payload.PayloadFolder;
import taskpool.payload.Payloads;
import taskpool.protocol.CoordinatorCommand;
import taskpool.sync.SharedObjects;

/**
 * A pool as another process of the host would have it, but in this one: with an actor system and a
 * session of its own. A {@link ReferredPool} that can be ended before its process is.
 */
@SuppressWarnings("try") // a test may be interrupted while it closes
public final class SecondEnd implements AutoCloseable {
  private final Node node;
  private final SessionPool session;

  private SecondEnd(Node node, SessionPool session) {
    this.node = node;
    this.session = session;
  }

  /** Opens one of a pool that this process has started. */
  public static SecondEnd of(TaskPool pool) {
    PoolReference reference = ((SessionPool) pool).reference();
    Node node = Node.start(List.of("client"));
    ActorRef<CoordinatorCommand> coordinator =
        ActorRefResolver.get(node.system()).resolveActorRef(reference.coordinator());
    Optional<PayloadFolder> folder = reference.payloads().map(Path::of).map(PayloadFolder::at);
    folder.ifPresent(at -> node.connect(at.socket(), coordinator.path().address()));
    Payloads payloads =
        folder
            .map(at -> at.ofProcess(ProcessHandle.current().pid()))
            .orElseGet(Payloads::inMessages);
    return new SecondEnd(node, SessionPool.borrowed(node, coordinator, reference, payloads));
  }

  public SharedObjects objects() {
    return session;
  }

  /** Ends the actor system, and waits for that. */
  @Override
  public void close() throws Exception {
    node.system().terminate();
    node.system().getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
