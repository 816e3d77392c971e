package taskpool.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import taskpool.TaskPool;
import taskpool.chaos.Sabotage.Kind;
import taskpool.deploy.cli.CommandExit;
import taskpool.system.ProcessTable;

/**
 * Runs short tasks for a while, with workers killed and paused all the time, and checks that no
 * task was lost or answered twice or ran again without need, that the pool has all its slots at the
 * end, and that nothing is left of it when it has closed.
 *
 * <p>The last line on standard output has the figures as JSON; what is wrong stands on standard
 * error. The exit code is 0 only if nothing is.
 */
public final class Chaos {
  private static final int WORKERS = 4;
  private static final Duration UNRESPONSIVE = Duration.ofSeconds(3);

  /** One that is paused while it comes up is given up only then. */
  private static final Duration START = Duration.ofSeconds(15);

  /** Longer than anything takes that ends at all. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final int FAULTS_SHOWN = 10;

  private final Plan plan;
  private final Path scratch;
  private final Progress progress;
  private final RandomGenerator random = RandomGenerator.getDefault();

  /** On the command line of this program's workers, and of nobody else's. */
  private final String marker = "-Dtaskpool.chaos=" + ProcessHandle.current().pid();

  private final List<String> faults = new ArrayList<>();

  private Chaos(Plan plan, Path scratch, Progress progress) {
    this.plan = plan;
    this.scratch = scratch;
    this.progress = progress;
  }

  private List<ProcessHandle> workers() {
    return ProcessTable.workersWith(marker);
  }

  /** Runs for as many seconds as the one argument says, and ends the JVM. */
  public static void main(String... arguments) throws Exception {
    Optional<Plan> plan = Plan.parse(arguments);
    if (plan.isEmpty()) {
      System.err.println("chaos: wrong arguments; usage: " + Plan.usage());
      System.exit(CommandExit.USAGE);
    }
    Progress progress = new Progress();
    Path scratch = Scratch.create(progress::silence);
    boolean clean = new Chaos(plan.orElseThrow(), scratch, progress).run();
    System.exit(clean ? CommandExit.OK : CommandExit.FAILED);
  }

  private TaskPool start() {
    return TaskPool.builder()
        .name("chaos")
        .workers(WORKERS)
        .workerHeap("128m")
        .jvmOptions("-XX:TieredStopAtLevel=1", marker)
        .unresponsiveAfter(UNRESPONSIVE)
        .startTimeout(START)
        .start();
  }

  /** Whether all was well. */
  private boolean run() throws IOException, InterruptedException {
    warmUp();
    System.gc(); // what is only waiting for the collector must not count as held before
    Holdings before = Holdings.now(this::processes);
    ExecutionLog log = new ExecutionLog(Files.createDirectory(scratch.resolve("log")));
    TaskPool pool = start();
    int slotsStart = SlotCount.of(pool, scratch.resolve("first"), WORKERS, PATIENCE);
    Load load = new Load(pool, log, random);
    List<Sabotage> sabotages = disturb(load);
    int slotsEnd = SlotCount.of(pool, scratch.resolve("last"), WORKERS, PATIENCE);
    end(pool);
    Holdings after = Holdings.settled(before, this::processes, SETTLING);
    if (slotsStart != WORKERS || slotsEnd != WORKERS) {
      faults.add("%d slots at the start and %d at the end".formatted(slotsStart, slotsEnd));
    }
    List<String> descriptors = after.descriptorsMoreThan(before);
    for (String descriptor : descriptors) {
      faults.add("left open: " + Holdings.describe(descriptor));
    }
    List<Long> processes = after.processesMoreThan(before);
    processes.forEach(pid -> faults.add("left running: process " + pid));
    History history = new History(load.submitted(), load.answers(), log.read(), sabotages);
    Verdict verdict = Verdict.of(history);
    faults.addAll(verdict.faults());
    showFaults();
    Report report =
        new Report(history, verdict, slotsStart, slotsEnd, processes.size(), descriptors.size());
    System.out.println(report.toJson());
    return faults.isEmpty();
  }

  /** Opens once whatever stays open for as long as the JVM lives: jars, files of random numbers. */
  private void warmUp() throws IOException, InterruptedException {
    TaskPool pool = start();
    SlotCount.of(pool, scratch.resolve("warm-up"), WORKERS, PATIENCE);
    workers().get(0).destroyForcibly();
    SlotCount.of(pool, scratch.resolve("warm-up-again"), WORKERS, PATIENCE);
    end(pool);
  }

  private List<Sabotage> disturb(Load load) throws InterruptedException {
    Saboteur saboteur = new Saboteur(this::workers, plan, random);
    progress.begin();
    try {
      load.run(plan.length(), () -> show(load, saboteur));
    } finally {
      progress.end();
      saboteur.stop();
    }
    load.await(PATIENCE);
    return saboteur.sabotages();
  }

  private void show(Load load, Saboteur saboteur) {
    List<Sabotage> sabotages = saboteur.sabotages();
    long kills = sabotages.stream().filter(each -> each.kind() == Kind.KILL).count();
    progress.show(plan, load.submitted(), kills, sabotages.size() - kills);
  }

  /**
   * Whatever this program has started, and its workers even if they have become somebody else's.
   */
  private List<ProcessHandle> processes() {
    Stream<ProcessHandle> started = ProcessHandle.current().descendants();
    return Stream.concat(started, workers().stream())
        .filter(ProcessTable::isRunning)
        .distinct()
        .toList();
  }

  private void end(TaskPool pool) throws InterruptedException {
    pool.shutdown();
    if (!pool.join(PATIENCE)) {
      faults.add("the pool did not close within " + PATIENCE);
      pool.terminate();
      pool.join(PATIENCE);
    }
  }

  private void showFaults() {
    faults.stream().limit(FAULTS_SHOWN).forEach(progress::say);
    if (faults.size() > FAULTS_SHOWN) {
      progress.say("and %d faults more".formatted(faults.size() - FAULTS_SHOWN));
    }
  }
}
