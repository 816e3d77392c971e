package taskpool.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a primitive when it asks for it first: the payload of {@link
 * SyncOperation#OPEN}.
 *
 * @param initial what it is made with if it is not there, as far as that is no number: a value, an
 *     action
 * @param process names the client's process for others
 * @param party stands for that process, if one was given the primitive that started it; see {@link
 *     SyncOperation#GIVEN}; else 0
 */
public record SyncOpening(SyncKind kind, String name, byte[] initial, String process, long party) {
  private static final SyncKind[] KINDS = SyncKind.values();

  private static final int PARTS = 4;
  private static final int HEAD = Byte.BYTES + Long.BYTES;

  /** As it travels. */
  @SuppressWarnings("EnumOrdinal") // it is what travels
  public byte[] encode() {
    byte[] head = ByteBuffer.allocate(HEAD).put((byte) kind.ordinal()).putLong(party).array();
    return Items.join(List.of(head, name.getBytes(UTF_8), initial, process.getBytes(UTF_8)));
  }

  /** Reads it; empty if it is none. */
  public static Optional<SyncOpening> decode(byte @Nullable [] payload) {
    List<byte[]> parts = Items.split(payload);
    if (parts.size() != PARTS || parts.get(0).length != HEAD) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(parts.get(0));
    int kind = head.get();
    if (kind < 0 || kind >= KINDS.length) {
      return Optional.empty();
    }
    String name = new String(parts.get(1), UTF_8);
    String process = new String(parts.get(PARTS - 1), UTF_8);
    return Optional.of(new SyncOpening(KINDS[kind], name, parts.get(2), process, head.getLong()));
  }
}
