package taskpool.node;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import taskpool.protocol.Wire;

/**
 * The short way between processes of one host: a Unix domain socket instead of Artery. A message
 * takes it if there is a connection to the process that it is for, else it goes by Artery; either
 * way it may get lost, which {@link taskpool.link.Link} mends. Confined to the event loop's thread.
 */
final class HostSocket implements SocketPeer.Listener {
  /** The system property that leaves everything to Artery: {@code off}. */
  static final String SWITCH = "taskpool.socket";

  private static final Logger LOG = LoggerFactory.getLogger(HostSocket.class);

  private final ActorSystem<?> system;
  private final EventLoop loop;
  private final Map<Address, SocketPeer> peers = new HashMap<>();
  private @Nullable ServerSocketChannel server;

  HostSocket(ActorSystem<?> system, EventLoop loop) {
    this.system = system;
    this.loop = loop;
  }

  /**
   * Lets other processes connect, from the moment that this returns; where that is not possible,
   * Artery serves them. For any thread.
   */
  void listen(Path socket) {
    if ("off".equals(System.getProperty(SWITCH))) {
      return;
    }
    try {
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.bind(UnixDomainSocketAddress.of(socket));
        loop.execute(() -> acceptFrom(channel));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("no socket at {}", socket, e);
    }
  }

  private void acceptFrom(ServerSocketChannel channel) {
    server = channel;
    try {
      SelectionKey unused = loop.register(channel, SelectionKey.OP_ACCEPT, () -> accept(channel));
    } catch (IOException e) {
      close();
    }
  }

  private void accept(ServerSocketChannel from) {
    try {
      SocketChannel channel = from.accept();
      if (channel != null) {
        new SocketPeer(channel, loop, system, this);
      }
    } catch (IOException e) {
      // who wanted to connect sees that it can't
    }
  }

  /** Connects to the process of an address; where that is not possible, Artery serves it. */
  void connect(Path socket, Address address) {
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      SocketPeer peer = new SocketPeer(channel, loop, system, this);
      peer.introduce(Cluster.get(system).selfMember().address());
      opened(address, peer);
    } catch (IOException | RuntimeException e) {
      LOG.debug("no connection to {}", socket, e);
    }
  }

  /** Sends a message to an actor, wherever it is. */
  <M> void tell(ActorRef<M> to, M message) {
    SocketPeer peer = peers.get(to.path().address());
    if (peer != null && message instanceof Wire wire) {
      peer.tell(to, wire);
    } else {
      to.tell(message);
    }
  }

  @Override
  public void opened(Address address, SocketPeer peer) {
    peers.put(address, peer);
  }

  @Override
  public void closed(SocketPeer peer) {
    peers.values().remove(peer);
  }

  /** Ends all connections and takes no more. */
  void close() {
    for (SocketPeer peer : Map.copyOf(peers).values()) {
      peer.close();
    }
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        // the process ends, and the socket with it
      }
    }
  }
}
