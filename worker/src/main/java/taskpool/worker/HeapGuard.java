package taskpool.worker;

/**
 * Notices when tasks leave a heap behind that is too full to go on with, as {@code
 * worker_max_memory_per_child} of Celery does. Thread-safe.
 */
final class HeapGuard {
  private static final int WHOLE = 100;

  private final int percent;

  /** A guard that finds more than so much of the largest heap too much; 0 for never. */
  HeapGuard(int percent) {
    this.percent = percent;
  }

  /** Whether it is too full; garbage is collected before it is called so. */
  boolean isFull() {
    if (percent == 0 || usedPercent() <= percent) {
      return false;
    }
    System.gc();
    return usedPercent() > percent;
  }

  private static long usedPercent() {
    Runtime runtime = Runtime.getRuntime();
    return WHOLE * (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory();
  }
}
