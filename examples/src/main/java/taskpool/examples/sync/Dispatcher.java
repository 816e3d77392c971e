package taskpool.examples.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.CommandExit;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterCondition;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;
import taskpool.sync.SharedValue;

/**
 * A producer and two consumers that keep pace with a condition: there is room for one number, and
 * each waits, without asking again and again, until there is something for it to do.
 */
@Command(
    name = "condition",
    description = "A producer and 2 consumers keep pace: each waits until the other notifies it.")
public final class Dispatcher implements Demo {
  private static final int NUMBERS = 8;
  private static final long WORK_MILLIS = 20;
  private static final int NOTHING = 0;
  private static final int END = -1;

  @Option(
      names = "--kill",
      description = "Also kill a consumer that has the lock and a number: both go to the next.")
  private boolean kill;

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new Dispatcher(), args));
  }

  static void produce(SharedValue<Integer> data, ClusterLock lock, ClusterCondition changed)
      throws InterruptedException {
    for (int number = 1; number <= NUMBERS + 1; number++) {
      lock.lock();
      try {
        changed.awaitUntil(() -> data.get() == NOTHING);
        data.set(number <= NUMBERS ? number : END);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  static List<Integer> consume(
      SharedValue<Integer> data, ClusterLock lock, ClusterCondition changed)
      throws InterruptedException {
    List<Integer> numbers = new ArrayList<>();
    while (true) {
      lock.lock();
      try {
        changed.awaitUntil(() -> data.get() != NOTHING);
        int number = data.get();
        if (number == END) {
          return numbers; // and leave it to the other
        }
        numbers.add(number);
        data.set(NOTHING);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      Thread.sleep(WORK_MILLIS); // meanwhile the others have the lock
    }
  }

  static void waitAndDie(
      SharedValue<Integer> data,
      ClusterLock lock,
      ClusterCondition changed,
      ClusterQueue<Long> victims)
      throws InterruptedException {
    lock.lock();
    try {
      while (data.get() == NOTHING) { // what awaitUntil does
        changed.await();
      }
      Victim.await(victims);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (TaskPool pool = TaskPool.builder().workers(2).slotsPerWorker(2).start()) {
      SharedValue<Integer> data = pool.value("data", NOTHING);
      ClusterLock lock = pool.lock("data");
      ClusterCondition changed = lock.condition("changed");
      ClusterQueue<Long> victims = Victim.queue(pool);
      TaskHandle<?> producer = pool.applyAsync(Dispatcher::produce, data, lock, changed);
      if (kill) {
        killTheFirst(JvmProcess.of(Dispatcher::waitAndDie, data, lock, changed, victims), victims);
      }
      TaskHandle<List<Integer>> one = pool.applyAsync(Dispatcher::consume, data, lock, changed);
      TaskHandle<List<Integer>> two = pool.applyAsync(Dispatcher::consume, data, lock, changed);
      producer.get();
      List<Integer> all = new ArrayList<>(one.get());
      all.addAll(two.get());
      System.out.printf("%d numbers came: %s%n", all.size(), all.stream().sorted().toList());
      return all.size() == NUMBERS ? CommandExit.OK : CommandExit.FAILED;
    }
  }

  private static void killTheFirst(JvmProcess consumer, ClusterQueue<Long> victims)
      throws IOException, InterruptedException {
    consumer.start();
    Victim.kill(victims);
    consumer.join();
    System.out.printf(
        "a consumer has ended with exit code %d%n", consumer.exitCode().orElseThrow());
  }
}
