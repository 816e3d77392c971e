package taskpool.client;

/** What stands behind a pool: who keeps its workers and may stop them. Thread-safe. */
public interface PoolOwner {
  /** How many worker JVMs there are. */
  int workers();

  /** How many tasks run at a time, in all workers together. */
  int slots();

  /**
   * Waits until the coordinator has no task left, then ends the workers and the actor system.
   * Blocks; returns early when {@link #kill} is called.
   */
  void stop() throws InterruptedException;

  /** Kills the workers; {@link #stop} then returns early. Does not wait for anything. */
  void kill();

  /** Whether this end may stop the pool; a task may not stop the pool that it runs in. */
  boolean mayStop();

  /** What leads to the pool from another process of this host. */
  PoolReference reference();

  /** The error for who closes a pool that is not its own; to be thrown. */
  static IllegalStateException notTheOwner() {
    return new IllegalStateException(
        "only the program that opened a pool can close it, and no task or process that has it from"
            + " there");
  }

  /** For a task that submits to its own pool, or a process that was sent one. */
  static PoolOwner borrowed(PoolReference reference) {
    return new PoolOwner() {
      @Override
      public PoolReference reference() {
        return reference;
      }

      @Override
      public int workers() {
        return reference.workers();
      }

      @Override
      public int slots() {
        return reference.slots();
      }

      @Override
      public void stop() {}

      @Override
      public void kill() {}

      @Override
      public boolean mayStop() {
        return false;
      }
    };
  }
}
