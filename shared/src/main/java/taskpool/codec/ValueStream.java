package taskpool.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import taskpool.payload.PayloadInput;

/**
 * Reads the values of a payload that lies in a file, one after the other. A byte array is read
 * straight into an array of its length, which Jackson would gather piece by piece first; for all
 * other values there is a parser, from one byte array to the next. Confined to one thread.
 */
final class ValueStream implements AutoCloseable {
  private static final int MAJOR_TYPE_SHIFT = 5;
  private static final int SHORT_LENGTH = 0x1F;

  private final PayloadInput in;
  private @Nullable JsonParser parser;
  private long parserStart;

  ValueStream(PayloadInput in) {
    this.in = in;
  }

  @Nullable Object next(ValueCodec codec) throws IOException {
    if (codec == Scalar.BYTES) {
      leaveParser();
      return nextBytes();
    }
    JsonParser values = parser();
    values.nextToken();
    return codec.read(values);
  }

  boolean nextBoolean() throws IOException {
    JsonParser values = parser();
    return values.nextToken() == JsonToken.VALUE_TRUE;
  }

  boolean hasNext() throws IOException {
    return position() < in.length();
  }

  private byte @Nullable [] nextBytes() throws IOException {
    int head = nextByte();
    if (head == CborWriter.NULL) {
      return null;
    }
    int shortLength = head & SHORT_LENGTH;
    if (head >> MAJOR_TYPE_SHIFT != CborWriter.BYTES || shortLength > CborWriter.EIGHT_BYTES) {
      throw new IOException("no byte array begins with " + head);
    }
    long length = shortLength;
    if (shortLength >= CborWriter.ONE_BYTE) {
      length = 0;
      for (int i = 1 << (shortLength - CborWriter.ONE_BYTE); i > 0; i--) {
        length = length << Byte.SIZE | nextByte();
      }
    }
    if (length < 0 || length > in.length() - in.position()) {
      throw new EOFException("a byte array of %d bytes is cut off".formatted(length));
    }
    byte[] bytes = new byte[Math.toIntExact(length)];
    in.readFully(bytes);
    return bytes;
  }

  private int nextByte() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the payload ends before its last value");
    }
    return next;
  }

  private JsonParser parser() throws IOException {
    JsonParser open = parser;
    if (open == null) {
      parserStart = in.position();
      open = Cbor.parser(in);
      parser = open;
    }
    return open;
  }

  /** The parser has read ahead: the stream goes back to where it stands. */
  private void leaveParser() throws IOException {
    JsonParser open = parser;
    if (open != null) {
      in.seek(position());
      open.close();
      parser = null;
    }
  }

  private long position() throws IOException {
    JsonParser open = parser;
    if (open == null) {
      return in.position();
    }
    open.finishToken();
    return parserStart + open.currentLocation().getByteOffset();
  }

  @Override
  public void close() throws IOException {
    try {
      if (parser != null) {
        parser.close();
      }
    } finally {
      in.close();
    }
  }
}
