package taskpool.function;

import org.jspecify.annotations.Nullable;

/** A task of two arguments with a result. */
@FunctionalInterface
public interface Function2<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends Action2<A, B> {
  /** Runs in the worker; may throw anything, the caller sees it. */
  R apply(A a, B b) throws Exception;

  @Override
  default void run(A a, B b) throws Exception {
    apply(a, b);
  }
}
