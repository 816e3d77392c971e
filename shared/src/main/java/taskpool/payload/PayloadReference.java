package taskpool.payload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A payload that names the file with the values instead of being them. It is told by its first
 * byte, which no CBOR value begins with.
 *
 * @param file its name in the pool's folder
 * @param length how many bytes of it count
 * @param reusable whether its writer waits for it to come back, see {@link SpareFiles}
 */
record PayloadReference(String file, long length, boolean reusable) {
  private static final byte MARK = (byte) 0xFF;
  private static final int HEAD_BYTES = 1 + Long.BYTES + 1;

  /** Nothing that leads out of the folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

  static boolean is(byte[] payload) {
    return payload.length > 0 && payload[0] == MARK;
  }

  byte[] encode() {
    byte[] name = file.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(HEAD_BYTES + name.length)
        .put(MARK)
        .putLong(length)
        .put((byte) (reusable ? 1 : 0))
        .put(name)
        .array();
  }

  static PayloadReference decode(byte[] payload) throws IOException {
    if (payload.length <= HEAD_BYTES) {
      throw new IOException("a reference to a payload that is cut off");
    }
    String name =
        new String(payload, HEAD_BYTES, payload.length - HEAD_BYTES, StandardCharsets.US_ASCII);
    long length = lengthOf(payload);
    if (!NAME.matcher(name).matches() || length < 0) {
      throw new IOException("not a reference to a payload: " + name);
    }
    return new PayloadReference(name, length, payload[HEAD_BYTES - 1] != 0);
  }

  /** The length that a reference tells. */
  static long lengthOf(byte[] payload) {
    return ByteBuffer.wrap(payload).getLong(1);
  }
}
