package taskpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutionException;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.benchmarks.contender.Contender;
import taskpool.benchmarks.contender.ContenderProgram;
import taskpool.benchmarks.contender.Meeting;
import taskpool.benchmarks.contender.NumberQueue;
import taskpool.benchmarks.contender.Tasks;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterQueue;

/** Our own program: a local pool of two workers. */
public final class TaskpoolProgram implements Contender {
  private final TaskPool pool = TaskPool.local(2);

  private TaskpoolProgram() {}

  /** See {@link ContenderProgram}. */
  public static void main(String... arguments) {
    ContenderProgram.main(TaskpoolProgram::new, arguments);
  }

  @Override
  public Pending<Integer> noOp(int number) {
    return pool.applyAsync(Tasks::noOp, number)::get;
  }

  @Override
  public Pending<byte[]> echo(byte[] payload) {
    return pool.applyAsync(Tasks::echo, payload)::get;
  }

  @Override
  public Pending<Long> burn(long cpuNanos) {
    return pool.applyAsync(Tasks::burn, cpuNanos)::get;
  }

  @Override
  public Pending<Long> processId() {
    return pool.applyAsync(Tasks::processId)::get;
  }

  @Override
  public List<Integer> map(List<Integer> numbers) throws Exception {
    return pool.map(Tasks::noOp, numbers);
  }

  @Override
  public void subtasks(int count) throws Exception {
    pool.apply(TaskpoolProgram::submitMore, count);
  }

  private static int submitMore(int count) throws InterruptedException, ExecutionException {
    TaskPool own = TaskContext.current().pool();
    List<TaskHandle<Integer>> handles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      handles.add(own.applyAsync(Tasks::noOp, i));
    }
    for (TaskHandle<Integer> handle : handles) {
      handle.get();
    }
    return count;
  }

  @Override
  public NumberQueue queue(int capacity) {
    ClusterQueue<Integer> queue = pool.queue("numbers", capacity, Integer.class);
    return new NumberQueue() {
      @Override
      public void put(int number) throws InterruptedException {
        queue.put(number);
      }

      @Override
      public void putAll(List<Integer> numbers) throws InterruptedException {
        queue.putAll(numbers);
      }

      @Override
      public Pending<Long> takeSum(int count, int batch) {
        return pool.applyAsync(TaskpoolProgram::takeSum, queue, count, batch)::get;
      }
    };
  }

  private static long takeSum(ClusterQueue<Integer> queue, int count, int batch)
      throws InterruptedException {
    return Tasks.takeSum(queue, count, batch);
  }

  @Override
  public Meeting meeting() {
    ClusterBarrier barrier = pool.barrier("meeting", 2);
    return new Meeting() {
      @Override
      public Pending<Integer> other(int rounds) {
        return pool.applyAsync(TaskpoolProgram::meet, barrier, rounds)::get;
      }

      @Override
      public void await() throws InterruptedException, BrokenBarrierException {
        barrier.await();
      }
    };
  }

  private static int meet(ClusterBarrier barrier, int rounds)
      throws InterruptedException, BrokenBarrierException {
    int met = 0;
    while (met < rounds) {
      barrier.await();
      met++;
    }
    return met;
  }

  @Override
  public void close() {
    pool.close();
  }
}
