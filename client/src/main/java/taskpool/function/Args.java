package taskpool.function;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, for {@code starmap}: {@code Args.of("a", 1)}. Immutable. */
public sealed interface Args {
  /** The arguments in order. */
  List<? extends @Nullable Object> values();

  /** Two arguments. */
  record Of2<A extends @Nullable Object, B extends @Nullable Object>(A a, B b) implements Args {
    @Override
    public List<? extends @Nullable Object> values() {
      return Arrays.asList(a, b);
    }
  }

  /** Two arguments. */
  static <A extends @Nullable Object, B extends @Nullable Object> Of2<A, B> of(A a, B b) {
    return new Of2<>(a, b);
  }

  /** Three arguments. */
  record Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
      A a, B b, C c) implements Args {
    @Override
    public List<? extends @Nullable Object> values() {
      return Arrays.asList(a, b, c);
    }
  }

  /** Three arguments. */
  static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      Of3<A, B, C> of(A a, B b, C c) {
    return new Of3<>(a, b, c);
  }

  /** Four arguments. */
  record Of4<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>(
      A a, B b, C c, D d) implements Args {
    @Override
    public List<? extends @Nullable Object> values() {
      return Arrays.asList(a, b, c, d);
    }
  }

  /** Four arguments. */
  static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      Of4<A, B, C, D> of(A a, B b, C c, D d) {
    return new Of4<>(a, b, c, d);
  }

  /** Five arguments. */
  record Of5<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>(
      A a, B b, C c, D d, E e) implements Args {
    @Override
    public List<? extends @Nullable Object> values() {
      return Arrays.asList(a, b, c, d, e);
    }
  }

  /** Five arguments. */
  static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      Of5<A, B, C, D, E> of(A a, B b, C c, D d, E e) {
    return new Of5<>(a, b, c, d, e);
  }
}
