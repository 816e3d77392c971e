package taskpool.benchmarks.ignite;

import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteQueue;
import org.apache.ignite.configuration.CollectionConfiguration;
import taskpool.benchmarks.contender.QueueBarrier;

/** The queues of the workloads. The barrier is made of two of them: Ignite has none. */
final class Queues {
  private static final String NUMBERS = "numbers";
  private static final String PARTY = "party-";

  private Queues() {}

  /** Makes the queue of numbers, with room for so many, if it is not there yet. */
  static IgniteQueue<Integer> makeNumbers(Ignite ignite, int capacity) {
    return ignite.queue(NUMBERS, capacity, new CollectionConfiguration());
  }

  static IgniteQueue<Integer> numbers(Ignite ignite) {
    return ignite.queue(NUMBERS, 0, null);
  }

  /** The barrier as one of its parties sees it, 0 or 1; makes what is not there yet. */
  static QueueBarrier barrier(Ignite ignite, int party) {
    return new QueueBarrier(party(ignite, 1 - party), party(ignite, party));
  }

  private static IgniteQueue<Integer> party(Ignite ignite, int number) {
    return ignite.queue(PARTY + number, 0, new CollectionConfiguration());
  }
}
