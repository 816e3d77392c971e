package taskpool.node;

import akka.actor.typed.ActorRef;
import taskpool.protocol.Wire;

/** The way of messages to actors of other processes; may lose them. For actors only. */
public interface Post {
  /** Sends a message to an actor, wherever it is. */
  <M extends Wire> void tell(ActorRef<? super M> to, M message);
}
