package taskpool.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes scalars as CBOR (RFC 8949), each in as few bytes as it takes. For the few types that it
 * knows it is many times faster than a generator of Jackson's, whose set-up alone costs more than a
 * short call. Not thread-safe.
 */
final class CborWriter {
  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int FALSE = 0xF4;
  static final int TRUE = 0xF5;
  static final int NULL = 0xF6;
  static final int DOUBLE = 0xFB;
  static final int ONE_BYTE = 24;
  static final int TWO_BYTES = 25;
  static final int FOUR_BYTES = 26;
  static final int EIGHT_BYTES = 27;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_HEAD = 9;
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int length;

  CborWriter(int expectedBytes) {
    bytes = new byte[Math.max(MAX_HEAD, expectedBytes)];
  }

  void writeNull() {
    reserve(1);
    bytes[length++] = (byte) NULL;
  }

  void write(boolean value) {
    reserve(1);
    bytes[length++] = (byte) (value ? TRUE : FALSE);
  }

  void write(long value) {
    if (value >= 0) {
      head(UNSIGNED, value);
    } else {
      head(NEGATIVE, ~value);
    }
  }

  void write(double value) {
    reserve(MAX_HEAD);
    bytes[length++] = (byte) DOUBLE;
    putLong(Double.doubleToRawLongBits(value));
  }

  void write(byte[] value) {
    head(BYTES, value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /**
   * Writes a text.
   *
   * @throws IOException if it holds half a surrogate pair
   */
  void write(String value) throws IOException {
    if (isAscii(value)) {
      head(TEXT, value.length());
      reserve(value.length());
      for (int i = 0; i < value.length(); i++) {
        bytes[length++] = (byte) value.charAt(i);
      }
    } else {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      int count = encoded.remaining();
      head(TEXT, count);
      reserve(count);
      encoded.get(bytes, length, count);
      length += count;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** A major type with its number: in the first byte, or in the 1, 2, 4 or 8 bytes after it. */
  private void head(int major, long number) {
    reserve(MAX_HEAD);
    int type = major << 5;
    if (number < ONE_BYTE) {
      bytes[length++] = (byte) (type | (int) number);
    } else if (number < 1L << 8) {
      bytes[length++] = (byte) (type | ONE_BYTE);
      bytes[length++] = (byte) number;
    } else if (number < 1L << 16) {
      bytes[length++] = (byte) (type | TWO_BYTES);
      bytes[length++] = (byte) (number >> 8);
      bytes[length++] = (byte) number;
    } else if (number < 1L << 32) {
      bytes[length++] = (byte) (type | FOUR_BYTES);
      for (int shift = 24; shift >= 0; shift -= 8) {
        bytes[length++] = (byte) (number >> shift);
      }
    } else {
      bytes[length++] = (byte) (type | EIGHT_BYTES);
      putLong(number);
    }
  }

  private void putLong(long value) {
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, grown(more));
    }
  }

  /** At least as long as needed, else by half as much again, so that bulks copy little. */
  private int grown(int more) {
    long needed = (long) length + more;
    if (needed > MAX_LENGTH) {
      throw new OutOfMemoryError("the arguments or results of a task must stay below 2 GiB");
    }
    return (int) Math.min(MAX_LENGTH, Math.max(needed, bytes.length * 3L / 2));
  }

  /** What was written; the writer is of no use afterwards. */
  byte[] toByteArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
