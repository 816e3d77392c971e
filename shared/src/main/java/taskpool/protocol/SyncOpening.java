package taskpool.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * @param party whether that process is one of those that the primitive is for, and not one that
 *     runs whatever tasks come
 */
public record SyncOpening(
    SyncKind kind, String name, byte[] initial, String process, boolean party) {
  private static final SyncKind[] KINDS = SyncKind.values();

  private static final int PARTS = 4;
  private static final int FLAGS = 2;

  /** As it travels. */
  @SuppressWarnings("EnumOrdinal") // it is what travels
  public byte[] encode() {
    byte[] flags = {(byte) kind.ordinal(), (byte) (party ? 1 : 0)};
    return Items.join(List.of(flags, name.getBytes(UTF_8), initial, process.getBytes(UTF_8)));
  }

  /** Reads it; empty if it is none. */
  public static Optional<SyncOpening> decode(byte @Nullable [] payload) {
    List<byte[]> parts = Items.split(payload);
    if (parts.size() != PARTS || parts.get(0).length != FLAGS) {
      return Optional.empty();
    }
    int kind = parts.get(0)[0];
    if (kind < 0 || kind >= KINDS.length) {
      return Optional.empty();
    }
    String name = new String(parts.get(1), UTF_8);
    String process = new String(parts.get(PARTS - 1), UTF_8);
    boolean party = parts.get(0)[1] == 1;
    return Optional.of(new SyncOpening(KINDS[kind], name, parts.get(2), process, party));
  }
}
