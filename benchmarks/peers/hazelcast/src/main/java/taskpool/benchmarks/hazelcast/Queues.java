package taskpool.benchmarks.hazelcast;

import com.hazelcast.collection.IQueue;
import com.hazelcast.config.QueueConfig;
import com.hazelcast.core.HazelcastInstance;
import taskpool.benchmarks.contender.QueueBarrier;

/**
 * The queues of the workloads. The barrier is made of two of them: barriers, latches and semaphores
 * are in Hazelcast's enterprise edition only.
 */
final class Queues {
  private static final String NUMBERS = "numbers";
  private static final String PARTY = "party-";

  private Queues() {}

  /** Tells the cluster about a queue of numbers with room for so many. */
  static void configureNumbers(HazelcastInstance client, int capacity) {
    client.getConfig().addQueueConfig(unreplicated(NUMBERS).setMaxSize(capacity));
  }

  /** Tells the cluster about the queues that the barrier is made of. */
  static void configureBarrier(HazelcastInstance client) {
    client.getConfig().addQueueConfig(unreplicated(PARTY + 0));
    client.getConfig().addQueueConfig(unreplicated(PARTY + 1));
  }

  /** Nobody else's queue has a copy in another process, either. */
  private static QueueConfig unreplicated(String name) {
    return new QueueConfig(name).setBackupCount(0);
  }

  static IQueue<Integer> numbers(HazelcastInstance instance) {
    return instance.getQueue(NUMBERS);
  }

  /** The barrier as one of its parties sees it, 0 or 1. */
  static QueueBarrier barrier(HazelcastInstance instance, int party) {
    return new QueueBarrier(
        instance.getQueue(PARTY + (1 - party)), instance.getQueue(PARTY + party));
  }
}
