package taskpool.examples.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.CommandExit;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;
import taskpool.sync.SharedValue;

/**
 * Two count with one number. Without a lock both may read it before either writes it, and one of
 * the two counts is lost. That would happen now and then; here it happens every time, as they meet
 * in between.
 */
@Command(
    name = "counter",
    description = "Two count with one number: without a lock, which loses counts, and with it.")
public final class Counter implements Demo {
  private static final int COUNTERS = 2;
  private static final int ROUNDS = 100;

  @Option(
      names = "--kill",
      description =
          "Also kill a process that has the lock and has read the number: the lock is free.")
  private boolean kill;

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new Counter(), args));
  }

  static void countWithoutLock(SharedValue<Integer> number, ClusterBarrier bothHaveRead)
      throws InterruptedException, BrokenBarrierException {
    for (int i = 0; i < ROUNDS; i++) {
      int before = number.get();
      bothHaveRead.await();
      number.set(before + 1);
    }
  }

  @SuppressWarnings("try") // to hold the lock is all that is wanted
  static void countWithLock(SharedValue<Integer> number, ClusterLock lock)
      throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      try (ClusterLock.Hold hold = lock.acquire()) {
        int before = number.get();
        Thread.sleep(1); // nobody comes between
        number.set(before + 1);
      }
    }
  }

  @SuppressWarnings("try")
  static void readAndDie(SharedValue<Integer> number, ClusterLock lock, ClusterQueue<Long> victims)
      throws InterruptedException {
    try (ClusterLock.Hold hold = lock.acquire()) {
      int before = number.get();
      Victim.await(victims);
      number.set(before + 1);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (TaskPool pool = TaskPool.builder().workers(COUNTERS).slotsPerWorker(COUNTERS).start()) {
      SharedValue<Integer> number = pool.value("number", 0);
      ClusterBarrier bothHaveRead = pool.barrier("both have read", COUNTERS);
      List<TaskHandle<?>> counters = new ArrayList<>();
      for (int i = 0; i < COUNTERS; i++) {
        counters.add(pool.applyAsync(Counter::countWithoutLock, number, bothHaveRead));
      }
      report("without a lock", counters, number);

      number.set(0);
      ClusterLock lock = pool.lock("number");
      if (kill) {
        killTheOwner(number, lock, Victim.queue(pool));
      }
      counters.clear();
      for (int i = 0; i < COUNTERS; i++) {
        counters.add(pool.applyAsync(Counter::countWithLock, number, lock));
      }
      report("with the lock", counters, number);
      return number.get() == COUNTERS * ROUNDS ? CommandExit.OK : CommandExit.FAILED;
    }
  }

  private static void report(String how, List<TaskHandle<?>> counters, SharedValue<Integer> number)
      throws InterruptedException, ExecutionException {
    for (TaskHandle<?> counter : counters) {
      counter.get();
    }
    int counted = COUNTERS * ROUNDS;
    int count = number.get();
    System.out.printf("%s: %d counted, the number is %d", how, counted, count);
    System.out.println(count < counted ? ", %d lost".formatted(counted - count) : "");
  }

  private static void killTheOwner(
      SharedValue<Integer> number, ClusterLock lock, ClusterQueue<Long> victims)
      throws IOException, InterruptedException {
    JvmProcess owner = JvmProcess.of(Counter::readAndDie, number, lock, victims);
    owner.start();
    Victim.kill(victims);
    lock.lock();
    try {
      System.out.printf("the lock is free, abandoned by its owner: %b%n", lock.wasAbandoned());
    } finally {
      lock.unlock();
    }
    owner.join();
  }
}
