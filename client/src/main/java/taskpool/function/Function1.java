package taskpool.function;

import org.jspecify.annotations.Nullable;

/** A task of one argument with a result. */
@FunctionalInterface
public interface Function1<A extends @Nullable Object, R extends @Nullable Object>
    extends Action1<A> {
  /** Runs in the worker; may throw anything, the caller sees it. */
  R apply(A a) throws Exception;

  @Override
  default void run(A a) throws Exception {
    apply(a);
  }
}
