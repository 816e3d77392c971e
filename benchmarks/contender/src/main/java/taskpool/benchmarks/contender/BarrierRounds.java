package taskpool.benchmarks.contender;

import java.util.Map;

/** W9: the program and a task meet at a barrier, again and again. */
final class BarrierRounds implements Measurement {
  @Override
  public Map<String, Double> repetition(Contender pool, Sizes sizes) throws Exception {
    int rounds = sizes.get("rounds");
    Meeting meeting = pool.meeting();
    Contender.Pending<Integer> other = meeting.other(1 + rounds);
    meeting.await(); // only now both are there
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      meeting.await();
    }
    double rate = Measurement.perSecond(rounds, start);
    if (other.await() != 1 + rounds) {
      throw new IllegalStateException("the two parties have not met equally often");
    }
    return Map.of("W9", rate);
  }
}
