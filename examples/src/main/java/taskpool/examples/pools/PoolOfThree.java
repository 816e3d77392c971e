package taskpool.examples.pools;

import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import taskpool.TaskPool;
import taskpool.deploy.cli.Demo;

/** Ten tasks for a pool of three: the first three start at once, the others as one is free. */
@Command(name = "pool-of-three", description = "Runs 10 tasks in a pool of 3 worker processes.")
public final class PoolOfThree implements Demo {

  static void worker(int number) throws InterruptedException {
    long start = System.nanoTime();
    System.out.printf("%d begins in process %d%n", number, ProcessHandle.current().pid());
    Thread.sleep(ThreadLocalRandom.current().nextInt(300));
    System.out.printf("%d is done, it took %.2f s%n", number, (System.nanoTime() - start) / 1e9);
  }

  /** Takes no arguments. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody asks how the tasks end, as in the tutorial
  public static void main(String... args) throws InterruptedException {
    TaskPool pool = TaskPool.local(3);
    for (int i = 0; i < 10; i++) {
      pool.applyAsync(PoolOfThree::worker, i);
    }
    System.out.println("----start----");
    pool.shutdown();
    pool.join();
    System.out.println("-----end-----");
  }

  @Override
  public Integer call() throws InterruptedException {
    main();
    return 0;
  }
}
