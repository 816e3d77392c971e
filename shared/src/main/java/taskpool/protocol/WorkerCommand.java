package taskpool.protocol;

import org.jspecify.annotations.Nullable;

/** What a worker understands. */
public sealed interface WorkerCommand {

  /** A batch, or only an acknowledgement, from the coordinator. */
  record FromCoordinator(Header header, @Nullable LeaseBatch batch)
      implements WorkerCommand, Wire {}

  /** The worker actor's own timers and the words of its own process. */
  non-sealed interface Internal extends WorkerCommand {}
}
