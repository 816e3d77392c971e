package taskpool.benchmarks.contender;

/**
 * How long to repeat a workload before it counts: for the least time, and until several repetitions
 * in a row were no faster than the best before them, but no longer than the most time. A compiler
 * at run time takes its time; a contender without one is through at once.
 */
final class WarmUp {
  /** A repetition counts as faster when it takes at most this share of the best. */
  private static final double FASTER = 0.97;

  private static final int STEADY_REPETITIONS = 3;

  private final long leastNanos;
  private final long mostNanos;
  private final long startNanos = System.nanoTime();
  private long lastNanos = startNanos;
  private double bestNanos = Double.MAX_VALUE;
  private int steady;
  private boolean begun;

  WarmUp(Sizes sizes) {
    leastNanos = sizes.get("warmupMillis") * 1_000_000L;
    mostNanos = sizes.get("warmupMostMillis") * 1_000_000L;
  }

  /** To be asked before each repetition. */
  boolean goesOn() {
    long now = System.nanoTime();
    if (begun) {
      steady++;
      if (now - lastNanos < FASTER * bestNanos) {
        bestNanos = now - lastNanos;
        steady = 0;
      }
    }
    begun = true;
    lastNanos = now;
    long elapsed = now - startNanos;
    return elapsed < leastNanos || (elapsed < mostNanos && steady < STEADY_REPETITIONS);
  }
}
