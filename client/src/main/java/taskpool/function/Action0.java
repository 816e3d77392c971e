package taskpool.function;

import java.io.Serializable;

/** A task of no arguments and no result. */
@FunctionalInterface
public interface Action0 extends Serializable {
  /** Runs in the worker; may throw anything, the caller sees it. */
  void run() throws Exception;
}
