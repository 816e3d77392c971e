package taskpool.benchmarks.contender;

/** A barrier for two: one party is the submitting program, the other a task in a worker. */
public interface Meeting {
  /** Starts a task that comes so many times; its result is how often the two have met. */
  Contender.Pending<Integer> other(int rounds);

  /** Comes and waits for the other. */
  void await() throws Exception;
}
