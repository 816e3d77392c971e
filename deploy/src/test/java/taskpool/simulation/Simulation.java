package taskpool.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import taskpool.protocol.WorkerInfo;

/**
 * One run: clients, coordinator and workers in virtual time, from the first task through a storm
 * until everything is at rest, and a last round of tasks that must find every slot free.
 */
final class Simulation {
  private static final long LONGEST_NANOS = 3_000 * Scenario.SECOND;
  private static final long MOST_EVENTS = 3_000_000;

  final VirtualTime time = new VirtualTime();
  final Dice dice;
  final Scenario scenario;
  final Trace trace;
  final Ledger ledger;
  final SyncLedger shared;
  final Network network;
  final SimulatedCoordinator coordinator;
  final Script script;

  private final List<SimulatedClient> clients = new ArrayList<>();
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private int lastWorker;
  private int busiest;

  Simulation(long seed, boolean traced) {
    this.dice = new Dice(seed);
    this.scenario = Scenario.of(dice);
    this.trace = new Trace(time, traced);
    this.ledger = new Ledger(time, trace);
    this.shared = new SyncLedger(trace);
    trace.log("%s", scenario);
    this.network = new Network(time, dice, scenario.weather(), trace);
    this.coordinator = new SimulatedCoordinator(this);
    this.script = new Script(this);
  }

  /**
   * Runs to the end.
   *
   * @throws AssertionError if something happened that must not, or did not that must
   */
  void run() {
    for (int i = 1; i <= scenario.clients(); i++) {
      clients.add(new SimulatedClient(this, i, i == 1 && scenario.firstClientLocal()));
    }
    for (int i = 0; i < scenario.workers(); i++) {
      startWorker();
    }
    script.begin();
    runUntilRest();
    script.drainQueue();
    runUntilRest();
    shared.checkEnd();
    if (script.workersRanOut()) {
      submitProbes(3);
      runUntilRest();
    } else {
      probeEverySlot();
    }
  }

  /** All that can happen happens; then nothing may be left undone. */
  private void runUntilRest() {
    while (time.step()) {
      boolean tooLong = time.nowNanos() > LONGEST_NANOS || time.happened() > MOST_EVENTS;
      Ledger.check(!tooLong, "does not come to rest; " + (tooLong ? dump() : ""));
    }
    boolean atRest =
        ledger.unfinished().isEmpty()
            && coordinator.isIdle()
            && coordinator.atRest()
            && workers().stream().allMatch(w -> w.atRest() && w.slots.running() == 0)
            && clients().stream().allMatch(SimulatedClient::atRest);
    Ledger.check(atRest, "is stuck; " + (atRest ? "" : dump()));
  }

  private void probeEverySlot() {
    int slots = workers().stream().mapToInt(worker -> worker.info.slots()).sum();
    Ledger.check(coordinator.workers() == workers().size(), "knows other workers; " + dump());
    busiest = 0;
    submitProbes(slots);
    runUntilRest();
    boolean recycled = scenario.tasksPerWorker() > 0; // then one may just be on its way
    Ledger.check(
        recycled || busiest == slots, "only %d of %d slots were used".formatted(busiest, slots));
  }

  private void submitProbes(int tasks) {
    trace.log("--- a last round of %d tasks", tasks);
    SimulatedClient client = clients().get(clients().size() - 1);
    for (int i = 0; i < tasks; i++) {
      client.submit(script.probe());
    }
    client.flush();
  }

  void startWorker() {
    int number = ++lastWorker;
    int slots = dice.between(1, scenario.slots());
    workers.add(new SimulatedWorker(this, new WorkerInfo(number, number, "host", slots)));
  }

  void workerDied(SimulatedWorker worker) {
    trace.log("%s dies", worker);
    workers.remove(worker);
    script.workerDied(worker);
  }

  void clientDied(SimulatedClient client) {
    trace.log("%s dies", client);
    clients.remove(client);
    ledger.sessionDied(client.session);
    shared.died(client);
    script.clientDied(client);
  }

  /** A task begins to run. */
  void started(SimulatedTask task, SimulatedWorker worker) {
    ledger.started(task, worker);
    if (scenario.isFaultless()
        && scenario.workers() == 1
        && scenario.slots() == 1
        && task.isSmall(scenario.links().batchBytes())) {
      ledger.startedInOrder(task);
    }
    busiest = Math.max(busiest, workers.stream().mapToInt(w -> w.slots.running()).sum());
  }

  /** A worker sends leases back. */
  void returned(List<Long> leases) {
    ledger.returned(leases).forEach(script::returned);
  }

  /** The living clients. */
  List<SimulatedClient> clients() {
    return List.copyOf(clients);
  }

  Optional<SimulatedClient> client(int session) {
    return clients.stream().filter(client -> client.session == session).findFirst();
  }

  /** The living workers. */
  List<SimulatedWorker> workers() {
    return List.copyOf(workers);
  }

  Optional<SimulatedWorker> anyWorker() {
    return workers.isEmpty()
        ? Optional.empty()
        : Optional.of(workers.get(dice.between(0, workers.size() - 1)));
  }

  private String dump() {
    return "at %.3f s after %d events, coordinator idle: %s, at rest: %s; %s; not at rest: %s %s"
        .formatted(
            time.nowNanos() / 1e9,
            time.happened(),
            coordinator.isIdle(),
            coordinator.atRest(),
            ledger.unfinished().stream()
                .limit(10)
                .map(SimulatedTask::toString)
                .collect(Collectors.joining("; ", "unfinished: ", "")),
            workers().stream().filter(worker -> !worker.atRest()).toList(),
            clients().stream().filter(client -> !client.atRest()).toList());
  }
}
