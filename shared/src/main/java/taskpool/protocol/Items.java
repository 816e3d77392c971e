package taskpool.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several byte strings as one, each after its length: how the items of a queue travel. */
public final class Items {
  private Items() {}

  /** Puts them together. */
  public static byte[] join(Collection<byte[]> items) {
    int length = items.stream().mapToInt(item -> Integer.BYTES + item.length).sum();
    ByteBuffer joined = ByteBuffer.allocate(length);
    items.forEach(item -> joined.putInt(item.length).put(item));
    return joined.array();
  }

  /**
   * Takes an item out that is the same as this one: the one at that index, else the first; false if
   * there is none.
   */
  public static boolean remove(Collection<byte[]> items, long index, byte @Nullable [] item) {
    Iterator<byte[]> at = items.iterator();
    for (long i = 0; i < index && at.hasNext(); i++) {
      at.next();
    }
    if (at.hasNext() && Arrays.equals(at.next(), item)) {
      at.remove();
      return true;
    }
    return removeFirst(items, item);
  }

  private static boolean removeFirst(Collection<byte[]> items, byte @Nullable [] item) {
    for (Iterator<byte[]> all = items.iterator(); all.hasNext(); ) {
      if (Arrays.equals(all.next(), item)) {
        all.remove();
        return true;
      }
    }
    return false;
  }

  /**
   * Takes them apart.
   *
   * @throws IllegalArgumentException if it is not what {@link #join} gives
   */
  public static List<byte[]> split(byte @Nullable [] joined) {
    List<byte[]> items = new ArrayList<>();
    ByteBuffer left = ByteBuffer.wrap(joined == null ? new byte[0] : joined);
    while (left.remaining() >= Integer.BYTES) {
      int length = left.getInt();
      if (length < 0 || length > left.remaining()) {
        break;
      }
      byte[] item = new byte[length];
      left.get(item);
      items.add(item);
    }
    if (left.hasRemaining()) {
      throw new IllegalArgumentException("items that are cut off");
    }
    return items;
  }
}
