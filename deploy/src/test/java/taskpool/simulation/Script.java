package taskpool.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import taskpool.error.TaskTimeoutException;
import taskpool.protocol.Terms;

/** What users do and what befalls the processes of a run, at times that the dice decide. */
final class Script {
  private static final List<String> FUNCTIONS = List.of("copy", "sing", "dance");
  private static final List<String> KEYS = List.of("one", "two", "three", "four", "five");
  private static final int LARGEST_BURST = 30;
  private static final int MOST_ROUNDS = 12;

  /** How often workers say that they live. */
  static final long HEARTBEAT_NANOS = Scenario.SECOND;

  private final Simulation simulation;
  private final Dice dice;
  private final Scenario scenario;
  private final long stormNanos;
  private final Map<SimulatedClient, SimulatedQueueEnd> queueEnds = new HashMap<>();
  private int strikesLeft;
  private boolean workersRanOut;

  Script(Simulation simulation) {
    this.simulation = simulation;
    this.dice = simulation.dice;
    this.scenario = simulation.scenario;
    this.stormNanos = scenario.weather().stormNanos();
    this.strikesLeft = scenario.faults().kills() / 2;
  }

  void begin() {
    Scenario.Faults faults = scenario.faults();
    simulation.clients().forEach(this::scheduleTasks);
    simulation.clients().forEach(this::scheduleSharing);
    for (int i = 0; i < faults.kills() - faults.kills() / 2; i++) {
      duringStorm(() -> simulation.anyWorker().ifPresent(SimulatedWorker::die));
    }
    for (int i = 0; i < faults.suspicions(); i++) {
      duringStorm(() -> simulation.anyWorker().ifPresent(this::suspect));
    }
    for (int i = 0; i < faults.pauses(); i++) {
      long lasts = dice.spread(Scenario.MILLI, 20 * Scenario.SECOND);
      duringStorm(() -> simulation.anyWorker().ifPresent(worker -> worker.pause(lasts)));
    }
    simulation.clients().stream()
        .limit(faults.clientDeaths())
        .forEach(client -> duringStorm(client::die));
    if (faults.workersRunOut()) {
      duringStorm(this::runOutOfWorkers);
    }
  }

  private void duringStorm(Runnable event) {
    simulation.time.after(dice.upTo(stormNanos), event);
  }

  private void scheduleTasks(SimulatedClient client) {
    Scenario.Load load = scenario.load();
    for (int left = load.tasks(); left > 0; ) {
      int burst = Math.min(left, dice.between(1, LARGEST_BURST));
      left -= burst;
      duringStorm(() -> submitBurst(client, burst));
    }
    for (int i = 0; i < load.endless(); i++) {
      duringStorm(() -> submitEndless(client));
    }
    for (int i = 0; i < load.poison(); i++) {
      duringStorm(() -> submit(client, plan(false, true)));
    }
  }

  private void scheduleSharing(SimulatedClient client) {
    Scenario.Sharing sharing = scenario.sharing();
    for (int thread = 1; thread <= sharing.lockers(); thread++) {
      SimulatedLocker locker =
          new SimulatedLocker(simulation, client, thread, dice.between(1, MOST_ROUNDS));
      duringStorm(locker::begin);
    }
    for (int i = 0; i < sharing.parkers(); i++) {
      duringStorm(new SimulatedParker(simulation, client, dice.between(1, MOST_ROUNDS))::begin);
    }
    for (int i = 0; i < sharing.parties(); i++) {
      duringStorm(new SimulatedParty(simulation, client, dice.between(1, MOST_ROUNDS))::begin);
    }
    if (sharing.queueUsers() > 0) {
      SimulatedQueueEnd end = new SimulatedQueueEnd(simulation, client);
      end.open();
      queueEnds.put(client, end);
      for (int thread = 1; thread <= sharing.queueUsers(); thread++) {
        duringStorm(new SimulatedQueueUser(simulation, client, end, thread)::begin);
      }
    }
  }

  /** A client that lives takes what is left in the queue. */
  void drainQueue() {
    SimulatedClient client = simulation.clients().get(0);
    SimulatedQueueEnd end = queueEnds.get(client);
    if (end != null) {
      new SimulatedQueueUser(simulation, client, end, 0).drain();
    }
  }

  private void submitBurst(SimulatedClient client, int tasks) {
    for (int i = 0; i < tasks && !client.isDead(); i++) {
      SimulatedTask task = client.submit(plan(false, false));
      while (dice.chance(scenario.faults().cancels())) {
        cancelLater(client, task, dice.spread(Scenario.MICRO, Scenario.SECOND));
      }
    }
    client.flush();
  }

  private void submit(SimulatedClient client, SimulatedTask.Plan plan) {
    if (!client.isDead()) {
      client.submit(plan);
      client.flush();
    }
  }

  private void submitEndless(SimulatedClient client) {
    if (client.isDead()) {
      return;
    }
    SimulatedTask task = client.submit(plan(true, false));
    client.flush();
    long rudelyAfter = dice.spread(Scenario.MICRO, stormNanos);
    simulation.time.after(dice.upTo(2 * rudelyAfter), () -> client.cancel(task, false));
    simulation.time.after(rudelyAfter, () -> client.cancel(task, true));
  }

  private void cancelLater(SimulatedClient client, SimulatedTask task, long delayNanos) {
    boolean interrupt = dice.chance(0.5);
    simulation.time.after(delayNanos, () -> client.cancel(task, interrupt));
  }

  private SimulatedTask.Plan plan(boolean endless, boolean poison) {
    Scenario.Load load = scenario.load();
    Terms terms = dice.chance(load.demanding()) ? terms(endless) : null;
    return new SimulatedTask.Plan(
        FUNCTIONS.get(dice.between(0, FUNCTIONS.size() - 1)),
        size(load),
        size(load),
        dice.spread(load.shortestNanos(), load.longestNanos()),
        dice.chance(0.1) ? dice.between(1, 4) : 0,
        dice.chance(0.1),
        endless,
        poison,
        dice.chance(0.2),
        dice.chance(0.15) ? dice.spread(Scenario.MICRO, Scenario.SECOND) : 0,
        dice.between(0, 3),
        terms);
  }

  private Terms terms(boolean endless) {
    long limit = dice.spread(Scenario.MILLI, 3 * Scenario.SECOND);
    return new Terms(
        dice.between(Terms.LOWEST, Terms.HIGHEST),
        dice.chance(0.3) ? dice.spread(Scenario.MICRO, 5 * Scenario.SECOND) : 0,
        dice.chance(0.2) ? limit / 2 : 0,
        dice.chance(0.2) ? limit : 0,
        dice.chance(0.4) ? retry() : null,
        !endless && dice.chance(0.3) ? KEYS.get(dice.between(0, KEYS.size() - 1)) : null);
  }

  private Terms.Retry retry() {
    long first = dice.spread(Scenario.MICRO, Scenario.SECOND);
    List<String> which =
        dice.chance(0.5) ? List.of(TaskTimeoutException.class.getName()) : List.of();
    return new Terms.Retry(dice.between(1, 4), first, 2 * first, which);
  }

  private int size(Scenario.Load load) {
    return dice.chance(load.large())
        ? (int) dice.spread(64, load.largestBytes())
        : dice.between(0, 64);
  }

  /** Leases on their way back and cancels cross now and then. */
  void returned(SimulatedTask task) {
    if (dice.chance(scenario.faults().cancels() / 2)) {
      simulation
          .client(task.session)
          .ifPresent(client -> cancelLater(client, task, dice.upTo(Scenario.MILLI)));
    }
  }

  /** Whether a worker dies instead of receiving a message. */
  boolean strikes(SimulatedWorker worker) {
    if (strikesLeft > 0 && simulation.time.nowNanos() < stormNanos && dice.chance(0.01)) {
      strikesLeft--;
      worker.die();
    }
    return worker.isDead();
  }

  /** Given up by a coordinator that could not reach it; it ends itself when it notices. */
  private void suspect(SimulatedWorker worker) {
    simulation.coordinator.lose(worker);
    worker.after(dice.upTo(2 * Scenario.SECOND), worker::die);
  }

  void workerDied(SimulatedWorker worker) {
    long noticed = dice.spread(Scenario.MICRO, 5 * Scenario.SECOND);
    simulation.time.after(noticed, () -> noticeDeath(worker));
    simulation.time.after(dice.upTo(Scenario.SECOND), this::replaceWorker);
  }

  private void noticeDeath(SimulatedWorker worker) {
    simulation.coordinator.lose(worker);
    if (workersRanOut) {
      simulation.coordinator.giveUp();
    }
  }

  private void replaceWorker() {
    if (workersRanOut) {
      simulation.coordinator.giveUp();
    } else {
      simulation.startWorker();
    }
  }

  /** From now on no worker can be started, and those that there are die one after the other. */
  private void runOutOfWorkers() {
    workersRanOut = true;
    if (simulation.workers().isEmpty()) {
      simulation.coordinator.giveUp();
    }
    for (SimulatedWorker worker : simulation.workers()) {
      worker.after(dice.upTo(3 * Scenario.SECOND), worker::die);
    }
  }

  boolean workersRanOut() {
    return workersRanOut;
  }

  void clientDied(SimulatedClient client) {
    long noticed = dice.spread(Scenario.MICRO, 5 * Scenario.SECOND);
    simulation.time.after(noticed, () -> simulation.coordinator.close(client));
  }

  /** A task that keeps a slot busy for a while. */
  SimulatedTask.Plan probe() {
    return new SimulatedTask.Plan(
        FUNCTIONS.get(0), 10, 10, Scenario.SECOND, 0, false, false, false, false, 0, 0, null);
  }
}
