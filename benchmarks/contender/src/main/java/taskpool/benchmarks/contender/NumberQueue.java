package taskpool.benchmarks.contender;

import java.util.List;

/** A bounded queue from the submitting program to a task in a worker. */
public interface NumberQueue {
  /** Appends a number, waiting for room. */
  void put(int number) throws Exception;

  /** Appends numbers with the pool's bulk call, if it has one; waits for room. */
  void putAll(List<Integer> numbers) throws Exception;

  /** Starts {@link Tasks#takeSum} on this queue. */
  Contender.Pending<Long> takeSum(int count, int batch);
}
