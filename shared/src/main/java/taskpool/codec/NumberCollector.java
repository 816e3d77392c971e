package taskpool.codec;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The results of the calls of a bulk task as they come in, numbers kept as primitives: a hundred
 * thousand of them must not survive collection after collection until the last call has returned.
 * Takes anything, but is then an ordinary list. Not thread-safe.
 */
final class NumberCollector extends AbstractList<@Nullable Object> implements RandomAccess {
  private static final int EXPECTED = 16;

  private final Class<?> type;
  private long[] bits = new long[EXPECTED];
  private int size;

  /** All elements, from the first one on that is not of the type. */
  private @Nullable List<@Nullable Object> any;

  /** Creates a list for {@code Integer}s, {@code Long}s or {@code Double}s. */
  NumberCollector(Class<?> type) {
    this.type = type;
  }

  @Override
  public boolean add(@Nullable Object value) {
    if (any == null && value != null && value.getClass() == type) {
      if (size == bits.length) {
        bits = Arrays.copyOf(bits, 2 * size);
      }
      bits[size++] = toBits(value);
      return true;
    }
    return any().add(value);
  }

  boolean hasOnlyNumbers() {
    return any == null;
  }

  private List<@Nullable Object> any() {
    List<@Nullable Object> all = any;
    if (all == null) {
      all = new ArrayList<>(this);
      any = all;
    }
    return all;
  }

  private static long toBits(Object value) {
    return value instanceof Double real
        ? Double.doubleToRawLongBits(real)
        : ((Number) value).longValue();
  }

  @Override
  public @Nullable Object get(int index) {
    if (any != null) {
      return any.get(index);
    }
    long value = bits[index];
    if (type == Integer.class) {
      return (int) value;
    }
    return type == Long.class ? (Object) value : (Object) Double.longBitsToDouble(value);
  }

  @Override
  public int size() {
    return any == null ? size : any.size();
  }
}
