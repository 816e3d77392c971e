package taskpool.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A task of one argument and no result. */
@FunctionalInterface
public interface Action1<A extends @Nullable Object> extends Serializable {
  /** Runs in the worker; may throw anything, the caller sees it. */
  void run(A a) throws Exception;
}
