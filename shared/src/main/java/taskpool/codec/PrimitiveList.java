package taskpool.codec;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as a list, kept as an array of primitives: a million results are one object for the
 * garbage collector instead of a million. Elements have no identity, and none is null. Immutable.
 */
final class PrimitiveList extends AbstractList<@Nullable Object> implements RandomAccess {
  private final Object array;
  private final int size;
  private final IntFunction<Object> element;

  private PrimitiveList(Object array, int size, IntFunction<Object> element) {
    this.array = array;
    this.size = size;
    this.element = element;
  }

  /** A list of these; the array must not be changed any more. */
  static PrimitiveList of(int[] values) {
    return new PrimitiveList(values, values.length, i -> values[i]);
  }

  /** A list of these; the array must not be changed any more. */
  static PrimitiveList of(long[] values) {
    return new PrimitiveList(values, values.length, i -> values[i]);
  }

  /** A list of these; the array must not be changed any more. */
  static PrimitiveList of(double[] values) {
    return new PrimitiveList(values, values.length, i -> values[i]);
  }

  @Override
  public Object get(int index) {
    return element.apply(index);
  }

  @Override
  public int size() {
    return size;
  }

  /** All of them in one, if all are lists of the same primitives; else null. */
  static @Nullable PrimitiveList concat(List<? extends List<?>> parts) {
    int size = 0;
    Class<?> type = null;
    for (List<?> part : parts) {
      if (!(part instanceof PrimitiveList primitives)
          || (type != null && type != primitives.array.getClass())) {
        return null;
      }
      type = primitives.array.getClass();
      size += part.size();
    }
    if (type == null) {
      return null;
    }
    Object all = Array.newInstance(type.getComponentType(), size);
    int filled = 0;
    for (List<?> part : parts) {
      System.arraycopy(((PrimitiveList) part).array, 0, all, filled, part.size());
      filled += part.size();
    }
    return all instanceof int[] ints
        ? of(ints)
        : all instanceof long[] longs ? of(longs) : of((double[]) all);
  }
}
