package taskpool.examples.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.CommandExit;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;

/**
 * Fifty buyers for ten pieces, each a task; a file has a line for each piece that is sold. The lock
 * lets one buyer at a time look and buy, so no piece is sold twice.
 *
 * <p>A task whose worker dies runs again, and may have bought before: its name in the file tells.
 */
@Command(
    name = "stock",
    description = "50 buyers for 10 pieces, under a lock: no more are sold than there are.")
public final class Stock implements Demo {
  private static final int PIECES = 10;
  private static final int BUYERS = 50;
  private static final int WORKERS = 2;
  private static final int AT_ONCE = 4; // in each
  private static final int VICTIM = 7;
  private static final long BUYING_MILLIS = 10;

  @Option(
      names = "--kill",
      description = "Kill a buyer that has the lock: the next one gets it, and is told.")
  private boolean kill;

  /**
   * How it went.
   *
   * @param abandoned whether the one before died with the lock
   */
  record Visit(int buyer, boolean bought, boolean abandoned, int attempt) {}

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new Stock(), args));
  }

  @SuppressWarnings("try") // to hold it is all that is wanted
  static Visit visit(int buyer, Path sales, ClusterLock lock)
      throws IOException, InterruptedException {
    try (ClusterLock.Hold hold = lock.acquire()) {
      boolean abandoned = lock.wasAbandoned();
      return new Visit(buyer, buy(buyer, sales), abandoned, TaskContext.current().attempt());
    }
  }

  private static boolean buy(int buyer, Path sales) throws IOException, InterruptedException {
    List<String> sold = Files.readAllLines(sales);
    String name = "buyer " + buyer;
    if (sold.contains(name)) {
      return true; // in a run before this one
    }
    if (sold.size() >= PIECES) {
      return false;
    }
    Thread.sleep(BUYING_MILLIS);
    Files.writeString(sales, name + "\n", StandardOpenOption.APPEND);
    return true;
  }

  @SuppressWarnings("try")
  static Visit visitAndDie(int buyer, Path sales, ClusterLock lock, ClusterQueue<Long> victims)
      throws IOException, InterruptedException {
    if (TaskContext.current().attempt() == 1) {
      try (ClusterLock.Hold hold = lock.acquire()) {
        Victim.await(victims);
      }
    }
    return visit(buyer, sales, lock);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Path sales = Files.createTempFile("taskpool-sales-", "");
    sales.toFile().deleteOnExit(); // on Ctrl-C, too
    List<Visit> visits = new ArrayList<>();
    try (TaskPool pool = TaskPool.builder().workers(WORKERS).slotsPerWorker(AT_ONCE).start()) {
      ClusterLock lock = pool.lock("stock");
      ClusterQueue<Long> victims = Victim.queue(pool);
      List<TaskHandle<Visit>> handles = new ArrayList<>();
      for (int buyer = 1; buyer <= BUYERS; buyer++) {
        handles.add(
            kill && buyer == VICTIM
                ? pool.applyAsync(Stock::visitAndDie, buyer, sales, lock, victims)
                : pool.applyAsync(Stock::visit, buyer, sales, lock));
      }
      if (kill) {
        Victim.kill(victims);
      }
      for (TaskHandle<Visit> handle : handles) {
        visits.add(handle.get());
      }
    }
    return report(visits, Files.readAllLines(sales));
  }

  private int report(List<Visit> visits, List<String> sold) {
    if (kill) {
      System.out.printf(
          "%d buyer was told that the one before died with the lock%n",
          visits.stream().filter(Visit::abandoned).count());
      System.out.printf("buyer %d came %d times%n", VICTIM, visits.get(VICTIM - 1).attempt());
    }
    List<Integer> buyers = visits.stream().filter(Visit::bought).map(Visit::buyer).toList();
    System.out.printf(
        "%d of %d buyers have one of %d pieces, %d are sold%n",
        buyers.size(), BUYERS, PIECES, sold.size());
    return buyers.size() == PIECES && sold.size() == PIECES ? CommandExit.OK : CommandExit.FAILED;
  }
}
