package taskpool.benchmarks.contender;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

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
}
