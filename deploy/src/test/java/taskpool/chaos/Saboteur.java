package taskpool.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import taskpool.chaos.Sabotage.Kind;

/**
 * Kills workers and pauses others, a random one each time, on a thread of its own. One that it has
 * paused is left alone: what becomes of it is the pool's business. Thread-safe.
 */
final class Saboteur {
  private static final long NOBODY_THERE_MILLIS = 50;

  private final Supplier<List<ProcessHandle>> workers;
  private final RandomGenerator random;
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final List<ScheduledFuture<?>> habits = new ArrayList<>();
  private final List<Sabotage> done = new ArrayList<>();

  /**
   * Begins its work.
   *
   * @param workers gives the ones that live, and nothing else
   */
  Saboteur(Supplier<List<ProcessHandle>> workers, Plan plan, RandomGenerator random) {
    this.workers = workers;
    this.random = random;
    habits.add(every(plan.killMillis(), plan.killMillis(), Kind.KILL));
    // between two kills, so that the one does not hide what comes of the other
    habits.add(every(plan.pauseMillis() - plan.killMillis() / 2, plan.pauseMillis(), Kind.PAUSE));
  }

  private ScheduledFuture<?> every(long firstMillis, long periodMillis, Kind kind) {
    return timer.scheduleAtFixedRate(
        () -> harm(kind), firstMillis, periodMillis, TimeUnit.MILLISECONDS);
  }

  private void harm(Kind kind) {
    try {
      while (!timer.isShutdown() && !harmOne(kind)) {
        TimeUnit.MILLISECONDS.sleep(NOBODY_THERE_MILLIS);
      }
    } catch (IOException e) {
      throw new IllegalStateException("no worker can be sabotaged", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /** Whether there was one. */
  private boolean harmOne(Kind kind) throws IOException, InterruptedException {
    Set<Long> harmed = sabotages().stream().map(Sabotage::pid).collect(Collectors.toSet());
    List<ProcessHandle> healthy =
        workers.get().stream().filter(worker -> !harmed.contains(worker.pid())).toList();
    if (healthy.isEmpty()) {
      return false;
    }
    ProcessHandle victim = healthy.get(random.nextInt(healthy.size()));
    Sabotage sabotage = new Sabotage(kind, victim.pid(), System.nanoTime());
    boolean struck = kind == Kind.KILL ? victim.destroyForcibly() : pause(victim.pid());
    if (struck) {
      synchronized (done) {
        done.add(sabotage);
      }
    }
    return struck;
  }

  private static boolean pause(long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-s", "STOP", Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return kill.waitFor() == 0;
  }

  /** What it has done so far. */
  List<Sabotage> sabotages() {
    synchronized (done) {
      return List.copyOf(done);
    }
  }

  /**
   * Lets it do no more harm, and waits until it does none.
   *
   * @throws IllegalStateException if it could not do its work
   */
  void stop() throws InterruptedException {
    for (ScheduledFuture<?> habit : habits) {
      habit.cancel(false);
    }
    timer.shutdown();
    if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the saboteur does not end");
    }
    for (ScheduledFuture<?> habit : habits) {
      if (!habit.isCancelled()) {
        try {
          habit.get();
        } catch (ExecutionException e) {
          throw new IllegalStateException("the saboteur gave up", e.getCause());
        }
      }
    }
  }
}
