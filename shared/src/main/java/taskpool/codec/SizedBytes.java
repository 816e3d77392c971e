package taskpool.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Bytes in a stream, after their number. */
public final class SizedBytes {
  private SizedBytes() {}

  /** Writes number and bytes. */
  public static void write(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #write} wrote. */
  public static byte[] read(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
