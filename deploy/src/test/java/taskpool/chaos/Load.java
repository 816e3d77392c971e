package taskpool.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;

/**
 * Keeps a pool busy with short tasks, never more than so many at a time, and notes what it answers.
 * For one thread.
 */
final class Load {
  private static final int AT_A_TIME = 200;
  private static final int LONGEST_MILLIS = 50;
  private static final long LOOK_UP_MILLIS = 100;

  private final TaskPool pool;
  private final ExecutionLog log;
  private final RandomGenerator random;
  private final Semaphore room = new Semaphore(AT_A_TIME);
  private final Map<Long, TaskHandle<Long>> open = new ConcurrentHashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private long submitted;

  Load(TaskPool pool, ExecutionLog log, RandomGenerator random) {
    this.pool = pool;
    this.log = log;
    this.random = random;
  }

  /** The task. */
  static long work(ExecutionLog log, long id, int millis) throws IOException, InterruptedException {
    TaskContext task = TaskContext.current();
    log.started(id, task.attempt(), task.pid());
    TimeUnit.MILLISECONDS.sleep(millis);
    log.ended(id, task.pid());
    return id;
  }

  /**
   * Submits for so long.
   *
   * @param now and then is called, a few times a second at least
   */
  void run(Duration length, Runnable now) throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < length.toNanos()) {
      if (room.tryAcquire(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
        submit(submitted++);
      }
      now.run();
    }
  }

  private void submit(long id) {
    TaskHandle<Long> handle =
        pool.applyAsync(Load::work, log, id, random.nextInt(LONGEST_MILLIS + 1));
    open.put(id, handle);
    TaskHandle<Long> unused =
        handle
            .callback(
                result ->
                    note(result == id ? Answer.right(id) : Answer.wrong(id, "came as " + result)))
            .errorCallback(error -> note(Answer.wrong(id, error.toString())));
  }

  private void note(Answer answer) {
    synchronized (answers) {
      answers.add(answer);
    }
    open.remove(answer.task());
    room.release();
  }

  /** Waits until everything is answered, but no longer than this. */
  void await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (TaskHandle<Long> handle : List.copyOf(open.values())) {
      if (!handle.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        return;
      }
    }
  }

  long submitted() {
    return submitted;
  }

  List<Answer> answers() {
    synchronized (answers) {
      return List.copyOf(answers);
    }
  }
}
