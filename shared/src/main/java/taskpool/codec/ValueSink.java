package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import taskpool.payload.PayloadOutput;

/**
 * Writes values one after the other to a payload. A large byte array goes there in one piece, which
 * a generator would carry through its own buffer. Confined to one thread.
 */
final class ValueSink implements AutoCloseable {
  /** What is smaller gathers in the generator's buffer with its neighbours. */
  private static final int LARGE_BYTES = 4 * 1024;

  private static final byte BYTE_STRING_WITH_INT_LENGTH = 0x5A;

  private final PayloadOutput out;
  private final JsonGenerator generator;

  ValueSink(PayloadOutput out) throws IOException {
    this.out = out;
    this.generator = Cbor.generator(out);
  }

  void write(ValueCodec codec, @Nullable Object value) throws IOException {
    if (codec == Scalar.BYTES && value instanceof byte[] bytes && bytes.length >= LARGE_BYTES) {
      generator.flush();
      out.write(
          ByteBuffer.allocate(1 + Integer.BYTES)
              .put(BYTE_STRING_WITH_INT_LENGTH)
              .putInt(bytes.length)
              .array());
      out.write(bytes);
    } else {
      codec.write(value, generator);
    }
  }

  @Override
  public void close() throws IOException {
    generator.close();
  }
}
