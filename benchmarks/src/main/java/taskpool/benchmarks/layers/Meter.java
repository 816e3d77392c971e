package taskpool.benchmarks.layers;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Adds up the time and the allocation of what it runs, in the thread that asks. Not thread-safe.
 */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long nanos;
  private long bytes;

  void run(Runnable work) {
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    work.run();
    nanos += System.nanoTime() - start;
    bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
  }

  /** What it comes to for one of so many. */
  Cost costOfOneOf(long count) {
    return new Cost((double) nanos / count, (double) bytes / count);
  }
}
