package taskpool.benchmarks.contender;

import java.util.List;

/**
 * A pool of two worker processes with one slot each, whoever made it. Methods that start a task do
 * not wait for it. Safe for use by many threads.
 */
public interface Contender extends AutoCloseable {

  /** Where a task's result will be. */
  interface Pending<R> {
    /** Waits for the result. */
    R await() throws Exception;
  }

  /** Starts {@link Tasks#noOp}. */
  Pending<Integer> noOp(int number);

  /** Starts {@link Tasks#echo}. */
  Pending<byte[]> echo(byte[] payload);

  /** Starts {@link Tasks#burn}. */
  Pending<Long> burn(long cpuNanos);

  /** Starts {@link Tasks#processId}. */
  Pending<Long> processId();

  /** Applies {@link Tasks#noOp} to all numbers with the bulk call and waits for the results. */
  default List<Integer> map(List<Integer> numbers) throws Exception {
    throw new UnsupportedOperationException("no bulk call");
  }

  /** Runs one task that submits so many no-ops to its own pool and awaits them; waits for it. */
  default void subtasks(int count) throws Exception {
    throw new UnsupportedOperationException("no tasks from within tasks");
  }

  /** The pool's queue with room for so many numbers; the same one each time, empty in between. */
  default NumberQueue queue(int capacity) {
    throw new UnsupportedOperationException("no queue");
  }

  /** The pool's barrier for two; the same one each time. */
  default Meeting meeting() {
    throw new UnsupportedOperationException("no barrier");
  }

  @Override
  void close();
}
