package taskpool.examples.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.TaskPoolBuilder;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterQueue;

/**
 * A writer and a reader, two tasks with a queue between them. While one waits for the other it
 * lends its slot, so a pool of a single worker will do.
 */
@Command(
    name = "producer-consumer",
    description =
        "A writer and a reader with a queue between them: one after the other, then side by side.")
public final class ProducerConsumer implements Demo {
  private static final int ITEMS = 10;
  private static final int END = -1;
  private static final long READ_MILLIS = 20;
  private static final long MOMENT_MILLIS = 50;

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many worker processes. Default: ${DEFAULT-VALUE}.")
  private int workers;

  @Option(
      names = "--kill",
      description = "Then kill a reader to which an item is on its way: the next one gets it.")
  private boolean kill;

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new ProducerConsumer(), args));
  }

  /** Gives the most that it has seen in the queue. */
  static int write(ClusterQueue<Integer> queue) throws InterruptedException {
    int most = 0;
    for (int item = 1; item <= ITEMS; item++) {
      queue.put(item);
      System.out.printf("put %d%n", item);
      most = Math.max(most, queue.size());
    }
    queue.put(END);
    return most;
  }

  static List<Integer> read(ClusterQueue<Integer> queue) throws InterruptedException {
    List<Integer> items = new ArrayList<>();
    for (int item = queue.take(); item != END; item = queue.take()) {
      Thread.sleep(READ_MILLIS); // the writer is faster, and has to wait
      System.out.printf("took %d%n", item);
      items.add(item);
    }
    return items;
  }

  static List<Integer> announceAndRead(ClusterQueue<Integer> queue, ClusterQueue<Long> victims)
      throws InterruptedException {
    Victim.announce(victims);
    return read(queue);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    if (workers < 1 || workers > TaskPoolBuilder.MAX_WORKERS) {
      throw new ParameterException(
          spec.commandLine(),
          "--workers must be 1 to %d, not %d".formatted(TaskPoolBuilder.MAX_WORKERS, workers));
    }
    try (TaskPool pool = TaskPool.local(workers)) {
      oneAfterTheOther(pool);
      sideBySide(pool);
      if (kill) {
        killTheReader(pool);
      }
    }
    return 0;
  }

  private static void oneAfterTheOther(TaskPool pool)
      throws InterruptedException, ExecutionException {
    ClusterQueue<Integer> queue = pool.queue("without a bound");
    int most = pool.apply(ProducerConsumer::write, queue);
    List<Integer> items = pool.apply(ProducerConsumer::read, queue);
    System.out.printf("one after the other: %s, up to %d in the queue%n", items, most);
  }

  private static void sideBySide(TaskPool pool) throws InterruptedException, ExecutionException {
    ClusterQueue<Integer> queue = pool.queue("for three", 3);
    TaskHandle<List<Integer>> reader = pool.applyAsync(ProducerConsumer::read, queue);
    TaskHandle<Integer> writer = pool.applyAsync(ProducerConsumer::write, queue);
    System.out.printf("side by side: %s, up to %d in the queue%n", reader.get(), writer.get());
  }

  /** A process that is stopped takes nothing, so what was sent to it is on its way. */
  private static void killTheReader(TaskPool pool)
      throws IOException, InterruptedException, ExecutionException {
    ClusterQueue<Integer> queue = pool.queue("of the victim");
    ClusterQueue<Long> victims = Victim.queue(pool);
    TaskHandle<List<Integer>> reader =
        pool.applyAsync(ProducerConsumer::announceAndRead, queue, victims);
    long victim = victims.take();
    Victim.signal("-STOP", victim);
    queue.put(1);
    while (queue.remove(1)) { // the reader did not wait for it yet
      Victim.signal("-CONT", victim);
      Thread.sleep(MOMENT_MILLIS);
      Victim.signal("-STOP", victim);
      queue.put(1);
    }
    System.out.printf("1 is on its way to the reader, %d in the queue%n", queue.size());
    Victim.signal("-9", victim);
    queue.putAll(List.of(2, 3, END));
    System.out.printf("the reader runs again: %s%n", reader.get());
  }
}
