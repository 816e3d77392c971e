package taskpool.benchmarks.contender;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * W11, second half: tasks of uneven length from several threads at once through one pool. When the
 * first thread has all its results, how many has the slowest, of what an even share would be?
 *
 * <p>Each keeps a bounded number of tasks in flight. Without that bound a thread that the system
 * lets run first has submitted everything before the others begin, and a queue that is fair in the
 * order of submission looks unfair.
 */
final class Fairness implements Measurement {
  private static final double PERCENT = 100;

  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    Race race = new Race(pool, sizes);
    ExecutorService threads = Executors.newFixedThreadPool(race.submitters);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < race.submitters; i++) {
        int submitter = i;
        all.add(() -> race.submit(submitter));
      }
      long start = System.nanoTime();
      for (Future<Integer> end : threads.invokeAll(all)) {
        end.get();
      }
      double rate = Measurement.perSecond(race.submitters * race.tasksEach, start);
      return Map.of("W11.rate", rate, "W11.share", race.slowestShare());
    } finally {
      threads.shutdownNow();
    }
  }

  /** The submitters of one repetition. */
  private static final class Race {
    final int submitters;
    final int tasksEach;
    private final Contender pool;
    private final int maxCpuMicros;
    private final int inFlight;
    private final CyclicBarrier start;
    private final AtomicIntegerArray done;
    private int[] whenFirstEnded = {};

    Race(Contender pool, Sizes sizes) {
      this.pool = pool;
      submitters = sizes.get("submitters");
      tasksEach = sizes.get("tasks") / submitters;
      maxCpuMicros = sizes.get("maxCpuMicros");
      inFlight = sizes.get("inFlight");
      start = new CyclicBarrier(submitters);
      done = new AtomicIntegerArray(submitters);
    }

    int submit(int submitter) throws Exception {
      Random lengths = new Random(submitter);
      start.await();
      ArrayDeque<Contender.Pending<Long>> pending = new ArrayDeque<>(inFlight);
      for (int i = 0; i < tasksEach; i++) {
        if (pending.size() == inFlight) {
          awaitOldest(pending, submitter);
        }
        pending.add(pool.burn(lengths.nextInt(maxCpuMicros + 1) * 1_000L));
      }
      while (!pending.isEmpty()) {
        awaitOldest(pending, submitter);
      }
      noteFirst();
      return tasksEach;
    }

    private void awaitOldest(ArrayDeque<Contender.Pending<Long>> pending, int submitter)
        throws Exception {
      pending.remove().await();
      done.incrementAndGet(submitter);
    }

    private synchronized void noteFirst() {
      if (whenFirstEnded.length == 0) {
        whenFirstEnded = IntStream.range(0, submitters).map(done::get).toArray();
      }
    }

    synchronized double slowestShare() {
      int sum = 0;
      int least = Integer.MAX_VALUE;
      for (int one : whenFirstEnded) {
        sum += one;
        least = Math.min(least, one);
      }
      return PERCENT * least * submitters / sum;
    }
  }
}
