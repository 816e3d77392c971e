package taskpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.benchmarks.contender.Contender;
import taskpool.benchmarks.contender.ContenderProgram;
import taskpool.benchmarks.contender.Tasks;

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
  public void close() {
    pool.close();
  }
}
