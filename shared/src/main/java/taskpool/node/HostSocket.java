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
import java.util.List;
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
      closeServer();
    }
  }

  private void accept(ServerSocketChannel from) {
    try {
      SocketChannel channel = from.accept();
      if (channel != null) {
        SocketPeer unused = peer(channel);
      }
    } catch (IOException e) {
      LOG.warn("no more processes of this host can connect, Artery serves them", e);
      closeServer(); // who waits to be accepted must see that
    }
  }

  private SocketPeer peer(SocketChannel channel) throws IOException {
    try {
      return new SocketPeer(channel, loop, system, this);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Connects to the process of an address; where that is not possible, Artery serves it. For any
   * thread but the loop's: it waits.
   */
  void connect(Path socket, Address address) {
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      try {
        loop.execute(() -> introduce(channel, address));
      } catch (RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("no connection to {}", socket, e);
    }
  }

  private void introduce(SocketChannel channel, Address to) {
    try {
      SocketPeer peer = peer(channel);
      opened(to, peer);
      peer.introduce(Cluster.get(system).selfMember().address());
    } catch (IOException e) {
      LOG.debug("no connection to {}", to, e);
    }
  }

  /** Sends a message to an actor, wherever it is. */
  <M extends Wire> void tell(ActorRef<? super M> to, M message) {
    assert loop.isCurrent();
    SocketPeer peer = peers.get(to.path().address());
    if (peer == null) {
      to.tell(message);
    } else {
      peer.tell(to, message);
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
    closeServer();
    List.copyOf(peers.values()).forEach(SocketPeer::close);
  }

  private void closeServer() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        LOG.debug("closing the socket", e);
      }
    }
  }
}
