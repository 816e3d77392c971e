package taskpool.codec;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link CborWriter} wrote. Every method throws an {@link IOException} if something else
 * is next, or nothing. Not thread-safe.
 */
public final class CborReader {
  private final byte[] bytes;
  private int position;

  public CborReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean atEnd() {
    return position == bytes.length;
  }

  /** Whether a null is next; then it has been read. */
  public boolean readNull() throws IOException {
    if (atEnd()) {
      throw new EOFException("values are missing at the end");
    }
    boolean isNull = (bytes[position] & 0xFF) == CborWriter.NULL;
    if (isNull) {
      position++;
    }
    return isNull;
  }

  public boolean readBoolean() throws IOException {
    int next = take(1);
    int value = bytes[next] & 0xFF;
    if (value != CborWriter.TRUE && value != CborWriter.FALSE) {
      throw unexpected(value, "boolean");
    }
    return value == CborWriter.TRUE;
  }

  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException(value + " is no int");
    }
    return (int) value;
  }

  /** How many items come now; no more than bytes are left, as each takes one at least. */
  public int readCount() throws IOException {
    long count = readLong();
    if (count < 0 || count > bytes.length - position) {
      throw new EOFException("a list of " + count + " items is cut off");
    }
    return (int) count;
  }

  public long readLong() throws IOException {
    int first = bytes[take(1)] & 0xFF;
    int major = first >> 5;
    if (major > CborWriter.NEGATIVE) {
      throw unexpected(first, "whole number");
    }
    long number = number(first);
    return major == CborWriter.UNSIGNED ? number : ~number;
  }

  public double readDouble() throws IOException {
    int first = bytes[take(1)] & 0xFF;
    if (first != CborWriter.DOUBLE) {
      throw unexpected(first, "double");
    }
    return Double.longBitsToDouble(bigEndian(Double.BYTES));
  }

  public String readString() throws IOException {
    int count = count(CborWriter.TEXT, "text");
    return new String(bytes, take(count), count, StandardCharsets.UTF_8);
  }

  public byte[] readBytes() throws IOException {
    int count = count(CborWriter.BYTES, "byte array");
    int from = take(count);
    return Arrays.copyOfRange(bytes, from, from + count);
  }

  private int count(int major, String what) throws IOException {
    int first = bytes[take(1)] & 0xFF;
    if (first >> 5 != major) {
      throw unexpected(first, what);
    }
    long count = number(first);
    if (count < 0 || count > bytes.length) {
      throw new EOFException("a " + what + " of " + count + " bytes is cut off");
    }
    return (int) count;
  }

  private long number(int first) throws IOException {
    int low = first & 0x1F;
    return switch (low) {
      case CborWriter.ONE_BYTE -> bigEndian(1);
      case CborWriter.TWO_BYTES -> bigEndian(2);
      case CborWriter.FOUR_BYTES -> bigEndian(4);
      case CborWriter.EIGHT_BYTES -> bigEndian(8);
      default -> {
        if (low > CborWriter.EIGHT_BYTES) {
          throw unexpected(first, "number");
        }
        yield low;
      }
    };
  }

  private long bigEndian(int count) throws IOException {
    long number = 0;
    for (int i = take(count), end = i + count; i < end; i++) {
      number = (number << 8) | (bytes[i] & 0xFF);
    }
    return number;
  }

  /** Goes on by so many bytes and gives where they begin. */
  private int take(int count) throws IOException {
    if (bytes.length - position < count) {
      throw new EOFException("values are missing at the end");
    }
    int from = position;
    position += count;
    return from;
  }

  private static IOException unexpected(int first, String what) {
    return new IOException("a " + what + " can't begin with 0x" + Integer.toHexString(first));
  }
}
