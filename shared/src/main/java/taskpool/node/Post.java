package taskpool.node;

import akka.actor.typed.ActorRef;

/** The way of messages to actors of other processes; may lose them. For actors only. */
public interface Post {
  /** Sends a message to an actor, wherever it is. */
  <M> void tell(ActorRef<M> to, M message);
}
