package taskpool.examples.pools;

import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import taskpool.TaskPool;
import taskpool.deploy.cli.Demo;

/** Six tasks for a pool of four, in a try block that waits for them. */
@Command(name = "pool-of-four", description = "Runs 6 tasks in a pool of 4 worker processes.")
public final class PoolOfFour implements Demo {

  static void longTimeTask(int name) throws InterruptedException {
    System.out.printf("Run task %d (%d)...%n", name, ProcessHandle.current().pid());
    long start = System.nanoTime();
    Thread.sleep(ThreadLocalRandom.current().nextInt(300));
    System.out.printf("Task %d runs %.2f seconds.%n", name, (System.nanoTime() - start) / 1e9);
  }

  /** Takes no arguments. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody asks how the tasks end, as in the tutorial
  public static void main(String... args) {
    System.out.printf("Parent process %d.%n", ProcessHandle.current().pid());
    try (TaskPool pool = TaskPool.local(4)) {
      for (int i = 0; i < 6; i++) {
        pool.applyAsync(PoolOfFour::longTimeTask, i);
      }
      System.out.println("Waiting for all subprocess done...");
    }
    System.out.println("All subprocess done.");
  }

  @Override
  public Integer call() {
    main();
    return 0;
  }
}
