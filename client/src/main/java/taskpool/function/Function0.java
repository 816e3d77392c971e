package taskpool.function;

import org.jspecify.annotations.Nullable;

/** A task of no arguments with a result. */
@FunctionalInterface
public interface Function0<R extends @Nullable Object> extends Action0 {
  /** Runs in the worker; may throw anything, the caller sees it. */
  R apply() throws Exception;

  @Override
  default void run() throws Exception {
    apply();
  }
}
