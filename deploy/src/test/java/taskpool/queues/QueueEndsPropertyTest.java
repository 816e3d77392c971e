package taskpool.queues;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import taskpool.queues.QueueWorld.Plan;

/**
 * Processes that put, take and look as they like: nothing is lost, doubled or reordered, the bound
 * is kept, what is told is true, and nobody waits who could go on.
 */
class QueueEndsPropertyTest {
  private static final int STEPS = 400;

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void asOneQueue(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 12) int capacity,
      @ForAll @IntRange(min = 1, max = 3) int processes,
      @ForAll @IntRange(min = 1, max = 3) int threads) {
    new QueueWorld(seed, new Plan(capacity, processes, threads, STEPS, 0, 0, 0)).run();
  }

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void alsoWhenSomeGiveUp(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 12) int capacity,
      @ForAll @IntRange(min = 1, max = 3) int processes,
      @ForAll @IntRange(min = 1, max = 3) int threads) {
    new QueueWorld(seed, new Plan(capacity, processes, threads, STEPS, 0.03, 0, 0)).run();
  }

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void alsoWhenSomeDie(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 12) int capacity,
      @ForAll @IntRange(min = 1, max = 3) int processes,
      @ForAll @IntRange(min = 1, max = 3) int threads) {
    new QueueWorld(seed, new Plan(capacity, processes, threads, STEPS, 0.02, 0.005, 0)).run();
  }

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void alsoWhenRecallsAreAnsweredLate(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 12) int capacity,
      @ForAll @IntRange(min = 1, max = 3) int processes,
      @ForAll @IntRange(min = 1, max = 3) int threads) {
    new QueueWorld(seed, new Plan(capacity, processes, threads, STEPS, 0.02, 0.002, 0.01)).run();
  }
}
