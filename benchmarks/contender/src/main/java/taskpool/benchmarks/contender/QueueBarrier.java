package taskpool.benchmarks.contender;

import java.util.concurrent.BlockingQueue;

/**
 * A barrier for two made of two queues, for pools that have queues but no barrier: each tells the
 * other that it has come, and waits to be told.
 *
 * @param others what the other party reads
 * @param own what this party reads
 */
public record QueueBarrier(BlockingQueue<Integer> others, BlockingQueue<Integer> own) {
  /** Comes and waits for the other. */
  public void await() throws InterruptedException {
    others.put(1);
    own.take();
  }

  /** Comes so many times; gives how often the two have met. */
  public int await(int rounds) throws InterruptedException {
    int met = 0;
    while (met < rounds) {
      await();
      met++;
    }
    return met;
  }
}
