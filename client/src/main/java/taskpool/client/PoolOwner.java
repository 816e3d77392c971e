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

  /** For a task that submits to its own pool. */
  static PoolOwner borrowed(int workers, int slots) {
    return new PoolOwner() {
      @Override
      public int workers() {
        return workers;
      }

      @Override
      public int slots() {
        return slots;
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
