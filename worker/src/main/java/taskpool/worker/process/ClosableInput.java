package taskpool.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * What comes through a pipe, by way of a channel: other than a stream it can be closed under who
 * reads. The JDK's own adapter asks for a position, which a pipe has not.
 */
final class ClosableInput extends InputStream {
  /** The JDK copies as much as is asked for at a time. */
  private static final int MAX_BYTES = 64 * 1024;

  private final FileChannel channel;

  ClosableInput(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(bytes, offset, Math.min(length, MAX_BYTES)));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
