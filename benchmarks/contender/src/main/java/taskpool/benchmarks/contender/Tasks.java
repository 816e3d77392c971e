package taskpool.benchmarks.contender;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** The functions that the contenders' workers run. */
public final class Tasks {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long PROCESS_ID = ProcessHandle.current().pid();

  /** Well below a microsecond: asking for the time is a call of the kernel. */
  private static final int SPINS_PER_LOOK = 8;

  private static final int HOLD_MILLIS = 1;

  private Tasks() {}

  /** Does nothing. */
  public static int noOp(int number) {
    return number;
  }

  /** Gives back what it is given. */
  public static byte[] echo(byte[] payload) {
    return payload;
  }

  /**
   * Keeps its thread busy for so much of the thread's own CPU time, not of the clock's: on a
   * machine with too much to do a task does not get shorter.
   *
   * @return the CPU time that it took
   */
  public static long burn(long cpuNanos) {
    long start = THREADS.getCurrentThreadCpuTime();
    long used = 0;
    while (used < cpuNanos) {
      for (int i = 0; i < SPINS_PER_LOOK; i++) {
        Thread.onSpinWait();
      }
      used = THREADS.getCurrentThreadCpuTime() - start;
    }
    return used;
  }

  /** Which process it runs in. Holds its slot for a moment, so that the next goes elsewhere. */
  public static long processId() throws InterruptedException {
    Thread.sleep(HOLD_MILLIS);
    return PROCESS_ID;
  }

  /** Takes so many numbers from a queue, at most {@code batch} at a time; gives their sum. */
  public static long takeSum(BlockingQueue<Integer> queue, int count, int batch)
      throws InterruptedException {
    return batch == 1 ? sumOfSingles(queue, count) : sumOfBatches(queue, count, batch);
  }

  private static long sumOfSingles(BlockingQueue<Integer> queue, int count)
      throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += queue.take();
    }
    return sum;
  }

  private static long sumOfBatches(BlockingQueue<Integer> queue, int count, int batch)
      throws InterruptedException {
    long sum = 0;
    int left = count;
    List<Integer> taken = new ArrayList<>(batch);
    while (left > 0) {
      taken.clear();
      if (queue.drainTo(taken, Math.min(left, batch)) == 0) {
        taken.add(queue.take());
      }
      for (int number : taken) {
        sum += number;
      }
      left -= taken.size();
    }
    return sum;
  }
}
