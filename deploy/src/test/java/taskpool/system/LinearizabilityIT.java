package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.history.Actor;
import taskpool.history.Linearizability;
import taskpool.history.LockModel;
import taskpool.history.Model;
import taskpool.history.Operation;
import taskpool.history.QueueVerdict;
import taskpool.history.Recorder;
import taskpool.history.SemaphoreModel;
import taskpool.history.ValueModel;

/**
 * Primitives that are used by workers which are killed and paused all the time behave as if they
 * were asked one thing after the other. It takes about as many seconds as the system property
 * {@code linearizability.seconds} says.
 */
@Timeout(value = 2, unit = TimeUnit.DAYS) // the cluster has a limit that fits
class LinearizabilityIT {
  private static final int SECONDS = Integer.getInteger("linearizability.seconds", 15);

  /** Histories that are not too long to be checked in a moment. */
  private static final int ROUND_SECONDS = 15;

  private static final Duration LIMIT = Duration.ofSeconds(2L * SECONDS + 300);
  private static final int WORKERS = 3;
  private static final int TASKS = 6;
  private static final long TASK_MILLIS = 1_000;
  private static final Duration UNRESPONSIVE = Duration.ofSeconds(4);
  private static final int LONGEST_REST_MILLIS = 2_000;
  private static final int LONGEST_PAUSE_MILLIS = 800;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So long before its harm a process may have done what nobody has seen. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster(LIMIT);

  @TempDir Path temp;

  private final Random random = new Random();

  /** When processes were harmed for the last time. */
  private final Map<Long, Long> harmedNanos = new HashMap<>();

  private final List<ProcessHandle> pausedForGood = new ArrayList<>();

  @Test
  void primitivesDoOneThingAfterTheOther() throws Exception {
    TaskPool pool =
        CLUSTER.start(builder -> builder.workers(WORKERS).unresponsiveAfter(UNRESPONSIVE));
    int rounds = Math.max(1, SECONDS / ROUND_SECONDS);
    for (int round = 1; round <= rounds; round++) {
      Path folder = Files.createDirectory(temp.resolve("round-" + round));
      harmedNanos.clear();
      play(pool, folder, Integer.toString(round), Math.min(SECONDS, ROUND_SECONDS));
      judge(Recorder.read(folder));
      assertThat(harmedNanos).as("processes that were killed").isNotEmpty();
    }
  }

  private void play(TaskPool pool, Path folder, String round, int seconds) throws Exception {
    ExecutorService program = Executors.newFixedThreadPool(1 + TASKS);
    List<Future<Long>> actors = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    actors.add(program.submit(() -> Actor.act(folder, pool, round, seconds * 1_000L)));
    Callable<Long> tasks = () -> runTasks(pool, folder, round, end);
    for (int i = 0; i < TASKS; i++) {
      actors.add(program.submit(tasks));
    }
    while (System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_REST_MILLIS));
      harm(folder);
    }
    for (Future<Long> actor : actors) {
      assertThat(actor.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isPositive();
    }
    program.shutdown();
    TestCluster.awaitGone(pausedForGood, PATIENCE);
    pausedForGood.clear();
    Actor.drain(folder, pool, round, UNRESPONSIVE);
  }

  /** One task after the other; how many there were. */
  private static long runTasks(TaskPool pool, Path folder, String round, long endNanos)
      throws Exception {
    long tasks = 0;
    while (System.nanoTime() - endNanos < 0) {
      TaskHandle<Long> task = pool.applyAsync(Actor::act, folder, pool, round, TASK_MILLIS);
      assertThat(task.await(PATIENCE)).as("a task of a second").isTrue();
      tasks++;
    }
    return tasks;
  }

  /** Harms a worker that has done something. */
  private void harm(Path folder) throws Exception {
    Set<String> acting =
        Recorder.read(folder).stream().map(Operation::process).collect(Collectors.toSet());
    List<ProcessHandle> healthy = new ArrayList<>(ProcessTable.workers());
    healthy.removeIf(process -> !acting.contains(Long.toString(process.pid())));
    healthy.removeAll(pausedForGood);
    if (healthy.isEmpty()) {
      return;
    }
    ProcessHandle victim = healthy.get(random.nextInt(healthy.size()));
    long nowNanos = System.nanoTime();
    int kind = random.nextInt(10);
    if (kind < 5) {
      victim.destroyForcibly();
      harmedNanos.put(victim.pid(), nowNanos);
    } else if (!signal("STOP", victim)) {
      return;
    } else if (kind < 9) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      boolean unused = signal("CONT", victim);
    } else {
      pausedForGood.add(victim);
      harmedNanos.put(victim.pid(), nowNanos);
    }
  }

  /** Whether it was there to get it. */
  private static boolean signal(String signal, ProcessHandle process) {
    try {
      Signals.send(signal, process.pid());
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private void judge(List<Operation> history) {
    Map<String, Long> died = deaths(history);
    assertThat(history).as("operations").hasSizeGreaterThan(100);
    assertThat(QueueVerdict.faults(of("queue", history), died, MOMENT.toNanos())).isEmpty();
    check("lock", new LockModel(), history, died);
    check("semaphore", new SemaphoreModel(Actor.PERMITS), history, died);
    check("value", new ValueModel(Actor.FIRST), history, Map.of());
  }

  private static List<Operation> of(String object, List<Operation> history) {
    return history.stream().filter(operation -> operation.object().equals(object)).toList();
  }

  private static <S> void check(
      String object, Model<S> model, List<Operation> history, Map<String, Long> died) {
    List<Operation> own = new ArrayList<>(of(object, history));
    died.forEach(
        (process, nanos) ->
            own.add(new Operation(process + "/death", object, "died", "", null, nanos, 0)));
    Optional<String> fault = Linearizability.check(model, own);
    assertThat(fault).as(object).isEmpty();
  }

  /** When processes of a history died that do not live any more, or a moment before. */
  private Map<String, Long> deaths(List<Operation> history) {
    Set<String> alive =
        ProcessTable.workers().stream()
            .map(process -> Long.toString(process.pid()))
            .collect(Collectors.toSet());
    alive.add(Long.toString(ProcessHandle.current().pid()));
    Map<String, Long> died = new HashMap<>();
    for (Operation operation : history) {
      String process = operation.process();
      if (!alive.contains(process)) {
        long lastSeen = operation.isPending() ? operation.startNanos() : operation.endNanos();
        Long harmed = harmedNanos.get(Long.valueOf(process));
        died.merge(process, harmed == null ? lastSeen : harmed, Math::max);
      }
    }
    return died;
  }
}
