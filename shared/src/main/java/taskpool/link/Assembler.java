package taskpool.link;

import java.util.HashMap;
import java.util.Map;
import taskpool.protocol.Chunk;
import taskpool.protocol.Parcel;

/**
 * Puts payloads together again that came in chunks. Each payload is allocated once, at its full
 * length. Confined to its link's owner.
 */
public final class Assembler {
  private static final byte[] NOTHING = new byte[0];

  private static final class Partial {
    final byte[] bytes;
    int filled;

    Partial(int totalBytes) {
      this.bytes = new byte[totalBytes];
    }
  }

  private final Map<Long, Partial> partials = new HashMap<>();

  /** Takes the next piece of a payload. */
  public void add(Chunk chunk) {
    Partial partial = partials.computeIfAbsent(chunk.id(), id -> new Partial(chunk.totalBytes()));
    System.arraycopy(chunk.bytes(), 0, partial.bytes, partial.filled, chunk.bytes().length);
    partial.filled += chunk.bytes().length;
  }

  /** The whole payload of a parcel that has arrived; empty if it has none. */
  public byte[] payloadOf(Parcel<?> parcel) {
    byte[] whole = parcel.payload();
    if (whole != null) {
      return whole;
    }
    Partial partial = partials.remove(parcel.id());
    if (partial == null) {
      return NOTHING;
    }
    if (partial.filled != partial.bytes.length) {
      throw new IllegalStateException(
          "parcel %d came after %d of its %d bytes"
              .formatted(parcel.id(), partial.filled, partial.bytes.length));
    }
    return partial.bytes;
  }
}
