package taskpool.benchmarks.layers;

import org.jspecify.annotations.Nullable;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.ClientCommand;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.CoordinatorCommand;
import taskpool.protocol.Header;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Wire;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerCommand;

/** The four ways that a task and its result go. */
enum Hop {
  /** From the client to the coordinator; on the wire only for a client in another process. */
  SUBMIT,
  /** From the coordinator to a worker. */
  LEASE,
  /** From a worker to the coordinator. */
  OUTCOME,
  /** From the coordinator to the client; on the wire as the first. */
  COMPLETION;

  /** The message that actors send each other. */
  Wire message(int peer, Header header, @Nullable Object batch) {
    return switch (this) {
      case SUBMIT -> new CoordinatorCommand.FromClient(peer, header, (ClientBatch) batch);
      case LEASE -> new WorkerCommand.FromCoordinator(header, (LeaseBatch) batch);
      case OUTCOME -> new CoordinatorCommand.FromWorker(peer, header, (WorkerBatch) batch);
      case COMPLETION -> new ClientCommand.FromCoordinator(header, (CompletionBatch) batch);
    };
  }
}
