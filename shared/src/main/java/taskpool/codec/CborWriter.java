package taskpool.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import taskpool.payload.PayloadOutput;
import taskpool.payload.Payloads;

/**
 * Writes scalars as CBOR (RFC 8949), each in as few bytes as it takes. For the few types that it
 * knows it is many times faster than a generator of Jackson's, whose set-up alone costs more than a
 * short call. Every method throws an {@link IOException} if a large payload can't be written where
 * it goes. Not thread-safe.
 */
public final class CborWriter implements AutoCloseable {
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

  /** So much gathers before it goes on; a byte array of this size goes there by itself. */
  private static final int GATHERED_BYTES = Payloads.FILE_FROM_BYTES;

  private final Payloads payloads;
  private byte[] bytes;
  private int length;
  private @Nullable PayloadOutput out;

  /**
   * Begins a payload.
   *
   * @param payloads where it goes if it is large
   */
  public CborWriter(long expectedBytes, Payloads payloads) {
    this.payloads = payloads;
    bytes = new byte[(int) Math.max(MAX_HEAD, Math.min(GATHERED_BYTES, expectedBytes))];
  }

  public void writeNull() throws IOException {
    reserve(1);
    bytes[length++] = (byte) NULL;
  }

  public void write(boolean value) throws IOException {
    reserve(1);
    bytes[length++] = (byte) (value ? TRUE : FALSE);
  }

  public void write(long value) throws IOException {
    if (value >= 0) {
      head(UNSIGNED, value);
    } else {
      head(NEGATIVE, ~value);
    }
  }

  public void write(double value) throws IOException {
    reserve(MAX_HEAD);
    bytes[length++] = (byte) DOUBLE;
    putLong(Double.doubleToRawLongBits(value));
  }

  public void write(byte[] value) throws IOException {
    head(BYTES, value.length);
    append(value, value.length);
  }

  /**
   * Writes a text.
   *
   * @throws IOException if it holds half a surrogate pair
   */
  public void write(String value) throws IOException {
    if (isAscii(value)) {
      head(TEXT, value.length());
      byte[] encoded = value.getBytes(StandardCharsets.ISO_8859_1);
      append(encoded, encoded.length);
    } else {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] exact = new byte[encoded.remaining()];
      encoded.get(exact);
      head(TEXT, exact.length);
      append(exact, exact.length);
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
  private void head(int major, long number) throws IOException {
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

  private void append(byte[] source, int count) throws IOException {
    if (count >= GATHERED_BYTES) {
      drain().write(source, 0, count);
    } else {
      reserve(count);
      System.arraycopy(source, 0, bytes, length, count);
      length += count;
    }
  }

  private void reserve(int more) throws IOException {
    if (bytes.length - length < more) {
      if (length + more > GATHERED_BYTES) {
        PayloadOutput unused = drain();
      }
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
      }
    }
  }

  /** Passes on what has gathered. */
  private PayloadOutput drain() throws IOException {
    PayloadOutput open = out;
    if (open == null) {
      open = payloads.output();
      out = open;
    }
    open.write(bytes, 0, length);
    length = 0;
    return open;
  }

  /** All has been written: the payload. The writer is of no use afterwards. */
  public byte[] finish() throws IOException {
    if (out != null) {
      return drain().finish();
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Gives up what has not been finished. */
  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }
}
