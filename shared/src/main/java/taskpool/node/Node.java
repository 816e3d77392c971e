package taskpool.node;

import akka.actor.Address;
import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import taskpool.protocol.Wire;

/**
 * A process of a pool: its actor system, and the way from there to the actors of other processes.
 * Thread-safe, but for {@link #tell}, which is for its actors only.
 */
public final class Node implements Post {
  /**
   * What Akka itself logs, to SLF4J: {@code error}, {@code warning}, {@code info} or {@code debug}
   */
  public static final String LOG_LEVEL_PROPERTY = "taskpool.log.level";

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
    // if this fails, what there is of the system ends by itself, and needs the loop for it
    ActorSystem<Void> system = NodeSystem.start(roles, loop);
    loop.uncaughtTo(akkasHandler(system));
    CompletionStage<Void> unused = system.getWhenTerminated().thenRun(loop::end);
    return new Node(loop, system);
  }

  /** It ends the process, or the system, after an error that leaves nothing to rely on. */
  private static Thread.UncaughtExceptionHandler akkasHandler(ActorSystem<?> system) {
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    return classic.threadFactory().newThread(() -> {}).getUncaughtExceptionHandler();
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

  /** Takes the shorter way to a process of this host that listens. Waits for it, not for actors. */
  public void connect(Path path, Address to) {
    socket.connect(path, to);
  }

  @Override
  public <M extends Wire> void tell(ActorRef<? super M> to, M message) {
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
  void closeSocket() {
    loop.execute(socket::close);
  }
}
