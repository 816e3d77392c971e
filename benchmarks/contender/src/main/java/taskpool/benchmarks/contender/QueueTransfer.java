package taskpool.benchmarks.contender;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * W8: numbers through a bounded queue, put by the program and taken by a task; one by one, or in
 * batches.
 */
final class QueueTransfer implements Measurement {
  private final String line;

  QueueTransfer(String line) {
    this.line = line;
  }

  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int elements = sizes.get("elements");
    int batch = sizes.get("batch");
    NumberQueue queue = pool.queue(sizes.get("capacity"));
    List<Integer> numbers = IntStream.range(0, elements).boxed().toList();
    long start = System.nanoTime();
    Contender.Pending<Long> sum = queue.takeSum(elements, batch);
    if (batch == 1) {
      for (int number : numbers) {
        queue.put(number);
      }
    } else {
      for (int from = 0; from < elements; from += batch) {
        queue.putAll(numbers.subList(from, Math.min(elements, from + batch)));
      }
    }
    long taken = sum.await();
    double rate = Measurement.perSecond(elements, start);
    if (taken != (long) elements * (elements - 1) / 2) {
      throw new IllegalStateException("what was taken is not what was put");
    }
    return Map.of(line, rate);
  }
}
