package taskpool.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import taskpool.coordinator.Coordinator;
import taskpool.link.LinkSettings;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.LostWorker;
import taskpool.protocol.WorkerBatch;

/** The coordinator's process: drives a {@link Coordinator} as its actor does. */
final class SimulatedCoordinator implements Coordinator.Port {
  private final Simulation simulation;
  private final Coordinator coordinator;
  private final Map<Integer, SimulatedWorker> workers = new HashMap<>();
  private final Map<Integer, SimulatedClient> clients = new HashMap<>();
  private final Map<Integer, WireCheck> workerWires = new HashMap<>();
  private final Map<Integer, WireCheck> clientWires = new HashMap<>();
  private boolean ticking;

  SimulatedCoordinator(Simulation simulation) {
    this.simulation = simulation;
    this.coordinator =
        new Coordinator(
            simulation.scenario.links(),
            new SplittableRandom(simulation.dice.between(0, 1_000)),
            this);
    simulation.time.after(Script.HEARTBEAT_NANOS, this::listen);
  }

  void open(SimulatedClient client) {
    clients.put(client.session, client);
    clientWires.computeIfAbsent(client.session, id -> new WireCheck(client.settings));
    coordinator.openSession(client.session, client.settings, now());
    keepTicking();
  }

  void fromClient(SimulatedClient client, Header header, @Nullable ClientBatch batch) {
    if (clientWires.containsKey(client.session)) {
      clientWires.get(client.session).acknowledged(header.acknowledged());
    }
    coordinator.fromClient(client.session, header, batch, now());
    keepTicking();
  }

  void close(SimulatedClient client) {
    simulation.trace.log("coordinator closes %s", client);
    clients.remove(client.session);
    coordinator.closeSession(client.session, now());
    keepTicking();
  }

  void register(SimulatedWorker worker) {
    int number = worker.info.number();
    workers.put(number, worker);
    workerWires.computeIfAbsent(number, id -> new WireCheck(simulation.scenario.links()));
    coordinator.registerWorker(worker.info, now());
    keepTicking();
  }

  void fromWorker(SimulatedWorker worker, Header header, @Nullable WorkerBatch batch) {
    if (workerWires.containsKey(worker.info.number())) {
      workerWires.get(worker.info.number()).acknowledged(header.acknowledged());
    }
    if (batch != null) {
      batch.outcomes().forEach(simulation.ledger::reported);
    }
    coordinator.fromWorker(worker.info.number(), header, batch, now());
    keepTicking();
  }

  void lose(SimulatedWorker worker) {
    simulation.trace.log("coordinator loses %s", worker);
    worker.suspect();
    workers.remove(worker.info.number());
    coordinator.workerLost(
        worker.info.number(), new LostWorker(worker.info.name(), 1, -9, List.of()), now());
    keepTicking();
  }

  void giveUp() {
    simulation.trace.log("no worker can be started");
    simulation.ledger.gaveUp();
    coordinator.giveUp(Ledger.NO_WORKERS, now());
    keepTicking();
  }

  private void listen() {
    coordinator.listen(now());
    keepTicking();
    if (now() < simulation.scenario.heartbeatsUntilNanos()) {
      simulation.time.after(Script.HEARTBEAT_NANOS, this::listen);
    }
  }

  private void keepTicking() {
    if (!ticking) {
      ticking = true;
      simulation.time.after(LinkSettings.TICK.toNanos(), this::tick);
    }
  }

  private void tick() {
    ticking = false;
    coordinator.tick(now());
    if (!coordinator.atRest()) {
      keepTicking();
    } else if (coordinator.nextDueNanos().isPresent()) {
      ticking = true;
      simulation.time.after(coordinator.nextDueNanos().getAsLong() - now(), this::tick);
    }
  }

  @Override
  public void toWorker(int number, Header header, @Nullable LeaseBatch batch) {
    SimulatedWorker worker = workers.get(number);
    if (worker != null) {
      Letter letter = new Letter("coordinator", worker.toString(), header, batch);
      workerWires.get(number).sent(letter);
      if (batch != null) {
        batch.leases().forEach(lease -> simulation.ledger.leased(lease, worker));
      }
      simulation.network.send(letter, () -> worker.receive(header, batch));
    }
  }

  @Override
  public boolean breakDeadlock(String circle) {
    return true;
  }

  @Override
  public void kill(int number) {
    SimulatedWorker worker = workers.get(number);
    if (worker != null) {
      simulation.trace.log("coordinator has %s killed", worker);
      worker.suspect();
      worker.killSoon();
    }
  }

  @Override
  public void toClient(int session, Header header, @Nullable CompletionBatch batch) {
    SimulatedClient client = clients.get(session);
    if (client != null) {
      Letter letter = new Letter("coordinator", client.toString(), header, batch);
      clientWires.get(session).sent(letter);
      client.carry(letter, () -> client.receive(header, batch));
    }
  }

  boolean isIdle() {
    return coordinator.isIdle();
  }

  boolean atRest() {
    return coordinator.atRest();
  }

  /** Workers it believes to be there. */
  int workers() {
    return coordinator.workers();
  }

  private long now() {
    return simulation.time.nowNanos();
  }
}
