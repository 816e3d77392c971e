package taskpool.examples.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.CommandExit;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterQueue;

/**
 * A boss, who is a task, hands jobs to workers, which are processes, and waits until all are done.
 *
 * <p>What a worker has taken from the queue is gone if it dies, and stays undone. So each puts it
 * on a desk, a queue of its own that outlives it, and who takes its place looks there first. (Where
 * that is too much to think of, let each job be a task, which the pool runs again by itself.)
 */
@Command(
    name = "boss-and-workers",
    description = "A boss hands out jobs to workers and waits until all are done.")
public final class BossAndWorkers implements Demo {
  private static final int JOBS = 9;
  private static final List<String> NAMES = List.of("Ada", "Bob");
  private static final long WORK_MILLIS = 50;

  @Option(
      names = "--kill",
      description = "Kill a worker that has a job in its hands: who takes its place does the job.")
  private boolean kill;

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new BossAndWorkers(), args));
  }

  static void boss(ClusterQueue<Integer> jobs) throws InterruptedException {
    for (int job = 1; job <= JOBS; job++) {
      jobs.put(job);
    }
    jobs.join();
  }

  /** Works for ever: a worker is ended when there is no more to do. */
  static void work(
      String name,
      ClusterQueue<Integer> jobs,
      ClusterQueue<Integer> desk,
      ClusterQueue<Integer> done)
      throws InterruptedException {
    Integer left = desk.poll();
    if (left != null) {
      System.out.printf("%s finds job %d on the desk%n", name, left);
      finish(name, left, jobs, done);
    }
    while (true) {
      int job = jobs.take();
      desk.put(job);
      finish(name, job, jobs, done);
      desk.remove();
    }
  }

  private static void finish(
      String name, int job, ClusterQueue<Integer> jobs, ClusterQueue<Integer> done)
      throws InterruptedException {
    Thread.sleep(WORK_MILLIS);
    System.out.printf("%s has done job %d%n", name, job);
    done.put(job);
    jobs.taskDone();
  }

  static void workAndDie(
      ClusterQueue<Integer> jobs, ClusterQueue<Integer> desk, ClusterQueue<Long> victims)
      throws InterruptedException {
    desk.put(jobs.take());
    Victim.await(victims);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (TaskPool pool = TaskPool.local(1)) {
      ClusterQueue<Integer> jobs = pool.queue("jobs", 5);
      ClusterQueue<Integer> done = pool.queue("done");
      TaskHandle<?> boss = pool.applyAsync(BossAndWorkers::boss, jobs);
      if (kill) {
        killOne(pool, jobs);
      }
      List<JvmProcess> workers = new ArrayList<>();
      for (String name : NAMES) {
        ClusterQueue<Integer> desk = pool.queue("desk of " + name);
        workers.add(JvmProcess.of(BossAndWorkers::work, name, jobs, desk, done));
      }
      workers.forEach(JvmProcess::start);
      boss.get();
      for (JvmProcess worker : workers) {
        worker.terminate();
        worker.join();
      }
      List<Integer> all = new ArrayList<>();
      done.drainTo(all);
      System.out.printf("the boss has %d jobs back: %s%n", all.size(), new TreeSet<>(all));
      return all.size() == JOBS ? CommandExit.OK : CommandExit.FAILED;
    }
  }

  /** Whoever sat at the first desk before. */
  private static void killOne(TaskPool pool, ClusterQueue<Integer> jobs)
      throws IOException, InterruptedException {
    ClusterQueue<Integer> desk = pool.queue("desk of " + NAMES.get(0));
    ClusterQueue<Long> victims = Victim.queue(pool);
    JvmProcess victim = JvmProcess.of(BossAndWorkers::workAndDie, jobs, desk, victims);
    victim.start();
    Victim.kill(victims);
    victim.join();
    System.out.printf("a worker has ended with exit code %d%n", victim.exitCode().orElseThrow());
  }
}
