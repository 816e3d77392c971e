package taskpool.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames of bytes to and from another process, over a channel that never blocks. A frame for which
 * too much is waiting is dropped: what matters is repeated by {@link taskpool.link.Link}. Confined
 * to the event loop's thread.
 */
final class SocketConnection implements EventLoop.Handler {

  /** What becomes of the frames that come in. */
  interface Listener {
    /**
     * A whole frame, from the buffer's position to its limit; the buffer is used again after.
     *
     * @throws IOException if nobody understands it; then the connection ends
     */
    void received(ByteBuffer frame) throws IOException;

    /** The connection has ended, whoever ended it and why. Called once. */
    void closed();
  }

  private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

  /** Ahead of every frame stands its length. */
  static final int HEADER_BYTES = Integer.BYTES;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  /** Far more than what links have on their way at a time. */
  private static final int MAX_WAITING_BYTES = 16 * 1024 * 1024;

  /** So many reads, then others have their turn. */
  private static final int READS_PER_TURN = 4;

  private final SocketChannel channel;
  private final Listener listener;
  private final SelectionKey key;
  private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
  private ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private int waitingBytes;
  private boolean closed;

  /** Takes the channel over. */
  SocketConnection(SocketChannel channel, EventLoop loop, Listener listener) throws IOException {
    this.channel = channel;
    this.listener = listener;
    this.key = loop.register(channel, SelectionKey.OP_READ, this);
  }

  /**
   * Sends a frame, now or as soon as the other end has read what came before.
   *
   * @param frame what has been put into it, after {@link #HEADER_BYTES} left free for its length
   * @return false if it was dropped
   */
  boolean send(ByteBuffer frame) {
    if (closed || waitingBytes > MAX_WAITING_BYTES) {
      return false;
    }
    frame.flip().putInt(0, frame.limit() - HEADER_BYTES);
    waiting.add(frame);
    waitingBytes += frame.limit();
    if (waiting.size() == 1) {
      write();
    }
    return true;
  }

  @Override
  public void ready() {
    if (key.isWritable()) {
      write();
    }
    if (!closed && key.isReadable()) {
      read();
    }
  }

  private void write() {
    try {
      while (!waiting.isEmpty()) {
        ByteBuffer first = waiting.element();
        waitingBytes -= channel.write(first);
        if (first.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
          return;
        }
        waiting.remove();
      }
      key.interestOps(SelectionKey.OP_READ);
    } catch (IOException e) {
      close();
    }
  }

  private void read() {
    try {
      for (int i = 0; i < READS_PER_TURN; i++) {
        if (channel.read(in) < 0) {
          close();
          return;
        }
        boolean more = !in.hasRemaining();
        handOutFrames();
        if (!more) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.debug("a connection ends", e);
      close();
    } catch (RuntimeException e) {
      LOG.warn("a connection ends because of a message that nobody understands", e);
      close();
    }
  }

  private void handOutFrames() throws IOException {
    in.flip();
    int missing = 0;
    while (missing == 0 && in.remaining() >= HEADER_BYTES) {
      int length = in.getInt(in.position());
      if (length < 0 || length > MAX_FRAME_BYTES) {
        throw new IOException("a frame of %d bytes".formatted(length));
      }
      missing = Math.max(0, HEADER_BYTES + length - in.remaining());
      if (missing == 0) {
        ByteBuffer frame = in.slice(in.position() + HEADER_BYTES, length);
        in.position(in.position() + HEADER_BYTES + length);
        listener.received(frame);
      }
    }
    makeRoomFor(missing);
  }

  private void makeRoomFor(int missing) {
    int needed = in.remaining() + missing;
    if (needed <= in.capacity()) {
      in.compact();
    } else {
      in = ByteBuffer.allocateDirect(Integer.highestOneBit(needed) * 2).put(in);
    }
  }

  /** Ends it; the listener hears of it. Does nothing the second time. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.clear();
    try {
      channel.close();
    } catch (IOException e) {
      // it is of no use any more, either way
    }
    listener.closed();
  }
}
