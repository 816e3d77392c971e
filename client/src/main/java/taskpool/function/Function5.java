package taskpool.function;

import org.jspecify.annotations.Nullable;

/** A task of five arguments with a result. */
@FunctionalInterface
public interface Function5<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        E extends @Nullable Object,
        R extends @Nullable Object>
    extends Action5<A, B, C, D, E> {
  /** Runs in the worker; may throw anything, the caller sees it. */
  R apply(A a, B b, C c, D d, E e) throws Exception;

  @Override
  default void run(A a, B b, C c, D d, E e) throws Exception {
    apply(a, b, c, d, e);
  }
}
