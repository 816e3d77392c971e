package taskpool.function;

import org.jspecify.annotations.Nullable;

/** A task of three arguments with a result. */
@FunctionalInterface
public interface Function3<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        R extends @Nullable Object>
    extends Action3<A, B, C> {
  /** Runs in the worker; may throw anything, the caller sees it. */
  R apply(A a, B b, C c) throws Exception;

  @Override
  default void run(A a, B b, C c) throws Exception {
    apply(a, b, c);
  }
}
