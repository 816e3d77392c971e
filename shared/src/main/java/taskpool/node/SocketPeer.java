package taskpool.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import taskpool.protocol.Wire;

/**
 * Another process of this host, as far as messages to its actors and from them are concerned. An
 * actor is named once and numbered from then on. Confined to the event loop's thread.
 */
final class SocketPeer implements SocketConnection.Listener {

  /** Who opens a connection says first under which address others know its actors. */
  private static final byte ADDRESS = 0;

  private static final byte ACTOR = 1;
  private static final byte MESSAGE = 2;

  /** What hears of a peer's coming and going. */
  interface Listener {
    void opened(Address address, SocketPeer peer);

    void closed(SocketPeer peer);
  }

  private final Listener listener;
  private final ActorRefResolver resolver;
  private final MessageCodec codec;
  private final SocketConnection connection;

  private final Map<ActorRef<?>, Integer> actorNumbers = new HashMap<>();
  private final List<ActorRef<Object>> actors = new ArrayList<>();
  private boolean opened;

  SocketPeer(SocketChannel channel, EventLoop loop, ActorSystem<?> system, Listener listener)
      throws IOException {
    this.listener = listener;
    this.resolver = ActorRefResolver.get(system);
    this.codec = new MessageCodec(resolver);
    this.connection = new SocketConnection(channel, loop, this);
  }

  /** Tells the other process which address its messages to this one's actors carry. */
  void introduce(Address address) {
    boolean unused = sendName(ADDRESS, address.toString());
  }

  /** Sends a message to an actor of the other process, or loses it if that process is gone. */
  void tell(ActorRef<?> to, Wire message) {
    Integer actor = actorNumbers.get(to);
    if (actor == null) {
      if (!sendName(ACTOR, resolver.toSerializationFormat(to))) {
        return;
      }
      actor = actorNumbers.size();
      actorNumbers.put(to, actor);
    }
    byte[] body = codec.encode(message);
    boolean unused =
        connection.send(frame(MESSAGE, Integer.BYTES + body.length).putInt(actor).put(body));
  }

  private boolean sendName(byte kind, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return connection.send(frame(kind, bytes.length).put(bytes));
  }

  private static ByteBuffer frame(byte kind, int length) {
    return ByteBuffer.allocate(SocketConnection.HEADER_BYTES + 1 + length)
        .position(SocketConnection.HEADER_BYTES)
        .put(kind);
  }

  @Override
  public void received(ByteBuffer frame) throws IOException {
    switch (frame.get()) {
      case ADDRESS -> open(AddressFromURIString.parse(name(frame)));
      case ACTOR -> actors.add(resolver.resolveActorRef(name(frame)));
      case MESSAGE -> deliver(frame);
      default -> throw new IOException("a frame of no known kind");
    }
  }

  private void open(Address address) throws IOException {
    if (opened) {
      throw new IOException("it has said who it is before");
    }
    opened = true;
    listener.opened(address, this);
  }

  private static String name(ByteBuffer frame) {
    return UTF_8.decode(frame).toString();
  }

  private void deliver(ByteBuffer frame) throws IOException {
    ActorRef<Object> to = actors.get(frame.getInt());
    byte[] body = new byte[frame.remaining()];
    frame.get(body);
    to.tell(codec.decode(body));
  }

  @Override
  public void closed() {
    listener.closed(this);
  }

  void close() {
    connection.close();
  }
}
