package taskpool.examples.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;
import taskpool.sync.ClusterBarrier;

/**
 * Ten parts of a program get ready at once, each a task, and none goes on before all are. When one
 * fails all the others get to know. While they wait they lend their slots, so three workers will
 * do.
 */
@Command(
    name = "initialisation",
    description = "10 parts get ready at once and wait for each other; then one of them fails.")
public final class Initialisation implements Demo {
  private static final String DATABASE = "database";
  private static final List<String> OTHERS =
      List.of("settings", "disk", "cache", "network", "users", "prices", "texts", "mail", "log");
  private static final int PARTS = OTHERS.size() + 1;
  private static final int WORKERS = 3;
  private static final int LONGEST_MILLIS = 100;
  private static final long POLL_MILLIS = 10;

  @Option(
      names = "--kill",
      description = "Also kill a part while it waits, which breaks the barrier for all.")
  private boolean kill;

  /** Takes the options of the demo. */
  public static void main(String... args) {
    System.exit(Main.execute(new Initialisation(), args));
  }

  /** Gives this part's number. */
  static int getReady(String part, boolean fails, ClusterBarrier allReady)
      throws IOException, InterruptedException, BrokenBarrierException {
    try {
      initialise(part, fails);
    } catch (IOException e) {
      allReady.abort();
      throw e;
    }
    return allReady.await();
  }

  private static void initialise(String part, boolean fails)
      throws IOException, InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
    if (fails) {
      throw new IOException("the %s does not answer".formatted(part));
    }
  }

  static void getReadyInProcess(String part, ClusterBarrier allReady)
      throws IOException, InterruptedException, BrokenBarrierException {
    getReady(part, false, allReady);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (TaskPool pool = TaskPool.local(WORKERS)) {
      ClusterBarrier allReady = pool.barrier("all ready", PARTS);
      startAll(pool, allReady);
      failOne(pool, allReady);
      if (kill) {
        allReady.reset();
        killOne(pool, allReady);
      }
      allReady.reset();
      startAll(pool, allReady);
    }
    return 0;
  }

  private static void startAll(TaskPool pool, ClusterBarrier allReady)
      throws InterruptedException, ExecutionException {
    List<TaskHandle<Integer>> parts = submit(pool, OTHERS, allReady);
    parts.add(pool.applyAsync(Initialisation::getReady, DATABASE, false, allReady));
    Set<Integer> numbers = new TreeSet<>();
    for (TaskHandle<Integer> part : parts) {
      numbers.add(part.get());
    }
    System.out.printf("all are ready: %s%n", numbers);
  }

  private static List<TaskHandle<Integer>> submit(
      TaskPool pool, List<String> parts, ClusterBarrier allReady) {
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (String part : parts) {
      handles.add(pool.applyAsync(Initialisation::getReady, part, false, allReady));
    }
    return handles;
  }

  private static void failOne(TaskPool pool, ClusterBarrier allReady) throws InterruptedException {
    List<TaskHandle<Integer>> others = submit(pool, OTHERS, allReady);
    TaskHandle<Integer> database =
        pool.applyAsync(Initialisation::getReady, DATABASE, true, allReady);
    report(DATABASE, database);
    reportAll(others);
  }

  private static void killOne(TaskPool pool, ClusterBarrier allReady)
      throws IOException, InterruptedException {
    JvmProcess database = JvmProcess.of(Initialisation::getReadyInProcess, DATABASE, allReady);
    database.start();
    int last = OTHERS.size() - 1; // else all would be there
    List<TaskHandle<Integer>> others = submit(pool, OTHERS.subList(0, last), allReady);
    while (allReady.getNumberWaiting() < PARTS - 1) {
      Thread.sleep(POLL_MILLIS);
    }
    Victim.signal("-9", database.pid());
    database.join();
    others.addAll(submit(pool, OTHERS.subList(last, OTHERS.size()), allReady));
    System.out.printf("%s: exit code %d%n", DATABASE, database.exitCode().orElseThrow());
    reportAll(others);
  }

  private static void reportAll(List<TaskHandle<Integer>> others) throws InterruptedException {
    for (int i = 0; i < OTHERS.size(); i++) {
      report(OTHERS.get(i), others.get(i));
    }
  }

  private static void report(String part, TaskHandle<Integer> handle) throws InterruptedException {
    try {
      System.out.printf("%s: ready, number %d%n", part, handle.get());
    } catch (ExecutionException e) {
      @Nullable Throwable reason = e.getCause();
      System.out.printf("%s: %s%n", part, reason);
    }
  }
}
