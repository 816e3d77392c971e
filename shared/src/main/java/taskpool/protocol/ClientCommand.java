package taskpool.protocol;

import org.jspecify.annotations.Nullable;

/** What a client's session understands. */
public sealed interface ClientCommand {

  /** A batch, or only an acknowledgement, from the coordinator. */
  record FromCoordinator(Header header, @Nullable CompletionBatch batch)
      implements ClientCommand, Wire {}

  /** The pool has been closed: nothing comes any more. Said once, to whoever still listens. */
  record CoordinatorEnded(String reason) implements ClientCommand, Wire {}

  /** The session actor's own timers and the words of its own process. */
  non-sealed interface Internal extends ClientCommand {}
}
