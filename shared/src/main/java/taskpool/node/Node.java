package taskpool.node;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process of a pool: its actor system, and the way from there to the actors of other processes.
 * Thread-safe, but for {@link #tell}, which is for its actors only.
 */
public final class Node implements Post {
  private static final Duration UNTIL_JOIN = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final ActorSystem<Void> system;
  private final HostSocket socket;

  private Node(EventLoop loop, ActorSystem<Void> system) {
    this.loop = loop;
    this.system = system;
    this.socket = new HostSocket(system, loop);
  }

  /**
   * Starts an actor system on a free port of the loopback interface; it is in no cluster yet.
   *
   * @param roles its roles in the cluster
   */
  public static Node start(List<String> roles) {
    EventLoop loop = EventLoop.start("taskpool-actors");
    try {
      Node node = new Node(loop, NodeSystem.start(roles, loop));
      node.system.getWhenTerminated().thenRun(() -> node.end());
      return node;
    } catch (RuntimeException | Error e) {
      loop.end();
      throw e;
    }
  }

  public ActorSystem<Void> system() {
    return system;
  }

  /** The address that others know its actors by. */
  public Address address() {
    return Cluster.get(system).selfMember().address();
  }

  /**
   * Lets processes of this host connect to a Unix domain socket, which is the shorter way, from the
   * moment that this returns.
   */
  public void listen(Path path) {
    socket.listen(path);
  }

  /** Takes the shorter way to a process of this host that listens. */
  public void connect(Path path, Address to) {
    loop.execute(() -> socket.connect(path, to));
  }

  @Override
  public <M> void tell(ActorRef<M> to, M message) {
    socket.tell(to, message);
  }

  /**
   * Joins the cluster of the member at an address, which may be its own: a moment later, because
   * the first tasks don't need it and want the processor now.
   */
  public void joinSoon(Address member) {
    system
        .scheduler()
        .scheduleOnce(
            UNTIL_JOIN,
            () -> Cluster.get(system).manager().tell(Join.create(member)),
            system.executionContext());
  }

  /** Ends the shorter ways; Artery serves all then. */
  void close() {
    loop.execute(socket::close);
  }

  private void end() {
    close();
    loop.end();
  }
}
