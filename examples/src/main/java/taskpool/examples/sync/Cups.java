package taskpool.examples.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterEvent;
import taskpool.sync.ClusterQueue;

/** A boss waits for an event until a worker has made ten cups; both are tasks. */
@Command(name = "event", description = "A boss waits until a worker has made 10 cups.")
public final class Cups implements Demo {
  private static final int CUPS = 10;
  private static final long CUP_MILLIS = 30;
  private static final Duration NOT_LONG = Duration.ofMillis(100);

  @Option(
      names = "--kill",
      description = "Kill the worker before it has finished: its task runs again.")
  private boolean kill;

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new Cups(), args));
  }

  static void boss(ClusterEvent cupsAreMade) throws InterruptedException {
    System.out.println("the boss waits");
    cupsAreMade.await();
    System.out.println("the boss says: good job");
  }

  /** Gives how many times it took. */
  static int worker(ClusterEvent cupsAreMade) throws InterruptedException {
    for (int cup = 1; cup <= CUPS; cup++) {
      Thread.sleep(CUP_MILLIS);
      System.out.printf("cup %d is made%n", cup);
    }
    cupsAreMade.set();
    return TaskContext.current().attempt();
  }

  static int workAndDie(ClusterEvent cupsAreMade, ClusterQueue<Long> victims)
      throws InterruptedException {
    if (TaskContext.current().attempt() == 1) {
      Victim.await(victims);
    }
    return worker(cupsAreMade);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (TaskPool pool = TaskPool.local(2)) {
      ClusterEvent cupsAreMade = pool.event("cups are made");
      ClusterQueue<Long> victims = Victim.queue(pool);
      TaskHandle<?> boss = pool.applyAsync(Cups::boss, cupsAreMade);
      System.out.printf("made in time: %b%n", cupsAreMade.await(NOT_LONG));
      TaskHandle<Integer> worker =
          kill
              ? pool.applyAsync(Cups::workAndDie, cupsAreMade, victims)
              : pool.applyAsync(Cups::worker, cupsAreMade);
      if (kill) {
        Victim.kill(victims);
      }
      boss.get();
      System.out.printf("made now: %b, by run %d%n", cupsAreMade.isSet(), worker.get());
      cupsAreMade.clear();
      System.out.printf("and for the next day: %b%n", cupsAreMade.isSet());
    }
    return 0;
  }
}
