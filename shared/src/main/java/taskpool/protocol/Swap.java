package taskpool.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of one entry or element that depends on what is there: the payload of {@link
 * SyncOperation#SWAP}. Everything that a {@link java.util.concurrent.ConcurrentMap} does to an
 * entry is one of these.
 *
 * @param key of a dictionary as it is written; of a list the index, see {@link #at}
 * @param expected for {@link Condition#EQUAL}, else empty
 * @param next what is there then; null for nothing
 */
public record Swap(byte[] key, Condition condition, byte[] expected, byte @Nullable [] next) {

  /** When it is done. */
  public enum Condition {
    ALWAYS,
    /** If there is no such entry. */
    ABSENT,
    /** If there is one, whatever it is. */
    PRESENT,
    /** If there is one that is written as expected. */
    EQUAL
  }

  private static final Condition[] CONDITIONS = Condition.values();
  private static final int PARTS = 4;
  private static final byte[] NOTHING = {};

  /** One that happens whatever is there. */
  public static Swap always(byte[] key, byte @Nullable [] next) {
    return new Swap(key, Condition.ALWAYS, NOTHING, next);
  }

  /** One that happens if nothing is there. */
  public static Swap ifAbsent(byte[] key, byte[] next) {
    return new Swap(key, Condition.ABSENT, NOTHING, next);
  }

  /** One that happens if anything is there. */
  public static Swap ifPresent(byte[] key, byte[] next) {
    return new Swap(key, Condition.PRESENT, NOTHING, next);
  }

  /** One that happens if just this is there. */
  public static Swap ifEqual(byte[] key, byte[] expected, byte @Nullable [] next) {
    return new Swap(key, Condition.EQUAL, expected, next);
  }

  /** The key of a list's element. */
  public static byte[] at(int index) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
  }

  /** The index that {@link #at} made a key of; -1 if it is none. */
  public int index() {
    return key.length == Integer.BYTES ? ByteBuffer.wrap(key).getInt() : -1;
  }

  /** Whether it is done where this is now; null stands for nothing. */
  public boolean isDone(byte @Nullable [] now) {
    return switch (condition) {
      case ALWAYS -> true;
      case ABSENT -> now == null;
      case PRESENT -> now != null;
      case EQUAL -> now != null && Arrays.equals(now, expected);
    };
  }

  /** As it travels. */
  @SuppressWarnings("EnumOrdinal") // it is what travels
  public byte[] encode() {
    byte[] flags = {(byte) condition.ordinal(), (byte) (next == null ? 0 : 1)};
    return Items.join(List.of(flags, key, expected, next == null ? NOTHING : next));
  }

  /** Reads it; empty if it is none. */
  public static Optional<Swap> decode(byte @Nullable [] payload) {
    List<byte[]> parts = Items.split(payload);
    if (parts.size() != PARTS || parts.get(0).length != 2) {
      return Optional.empty();
    }
    int condition = parts.get(0)[0];
    if (condition < 0 || condition >= CONDITIONS.length) {
      return Optional.empty();
    }
    byte @Nullable [] next = parts.get(0)[1] == 1 ? parts.get(PARTS - 1) : null;
    return Optional.of(new Swap(parts.get(1), CONDITIONS[condition], parts.get(2), next));
  }
}
