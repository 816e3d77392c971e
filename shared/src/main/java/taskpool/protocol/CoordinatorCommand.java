package taskpool.protocol;

import akka.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the coordinator understands. */
public sealed interface CoordinatorCommand {

  /** A worker is there. Repeated until a first {@link WorkerCommand.FromCoordinator} comes back. */
  record RegisterWorker(WorkerInfo worker, ActorRef<WorkerCommand> replyTo)
      implements CoordinatorCommand, Wire {}

  /** A batch, or only an acknowledgement, from a worker. */
  record FromWorker(int worker, Header header, @Nullable WorkerBatch batch)
      implements CoordinatorCommand, Wire {}

  /**
   * A client is there. Repeated until a first {@link ClientCommand.FromCoordinator} comes back.
   *
   * @param pid of its process, on its host
   */
  record OpenSession(int session, long pid, ActorRef<ClientCommand> replyTo)
      implements CoordinatorCommand, Wire {}

  /** A batch, or only an acknowledgement, from a client. */
  record FromClient(int session, Header header, @Nullable ClientBatch batch)
      implements CoordinatorCommand, Wire {}

  /** The coordinator actor's own timers and the words of its own process. */
  non-sealed interface Internal extends CoordinatorCommand {}
}
