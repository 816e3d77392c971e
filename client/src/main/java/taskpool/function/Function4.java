package taskpool.function;

import org.jspecify.annotations.Nullable;

/** A task of four arguments with a result. */
@FunctionalInterface
public interface Function4<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        R extends @Nullable Object>
    extends Action4<A, B, C, D> {
  /** Runs in the worker; may throw anything, the caller sees it. */
  R apply(A a, B b, C c, D d) throws Exception;

  @Override
  default void run(A a, B b, C c, D d) throws Exception {
    apply(a, b, c, d);
  }
}
