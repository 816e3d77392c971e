package taskpool.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A task of five arguments and no result. */
@FunctionalInterface
public interface Action5<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        E extends @Nullable Object>
    extends Serializable {
  /** Runs in the worker; may throw anything, the caller sees it. */
  void run(A a, B b, C c, D d, E e) throws Exception;
}
