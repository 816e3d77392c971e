package taskpool.system.contract;

import java.util.concurrent.CompletableFuture;

/** A thread somewhere that does work with the primitives of a pool, one after the other. */
@SuppressWarnings("try") // a test may be interrupted while it closes
interface Seat extends AutoCloseable {
  /** Does it, when what came before is done. */
  <R> CompletableFuture<R> does(Work<?, R> work);

  /** Interrupts what it does now. */
  void interrupt();

  /**
   * Completes when what it does now waits, and the coordinator knows of it; fails if it ends
   * instead.
   */
  CompletableFuture<Void> waits();

  /** Interrupts what it does and lets the thread go; waits for that. */
  @Override
  void close() throws Exception;
}
