package taskpool.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Header;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerInfo;
import taskpool.worker.Worker;
import taskpool.worker.WorkerLimits;

/** A worker's process: drives a {@link Worker} as its actor does, until it dies. */
final class SimulatedWorker {
  private static final long REGISTER_AGAIN_NANOS = 200 * Scenario.MILLI;
  private static final Duration CANCEL_GRACE = Duration.ofMillis(500);
  private static final long HANDOFF_NANOS = 50 * Scenario.MICRO;

  final WorkerInfo info;
  final SimulatedSlots slots;

  private final Simulation simulation;
  private final Worker worker;
  private final WireCheck wire;
  private final List<Runnable> handoff = new ArrayList<>();
  private int highestCredit;
  private boolean answered;
  private long tickNanos;
  private boolean ticking;
  private int tick;
  private long pausedUntilNanos;
  private boolean dead;
  private boolean suspected;

  SimulatedWorker(Simulation simulation, WorkerInfo info) {
    this.simulation = simulation;
    this.info = info;
    this.slots = new SimulatedSlots(simulation, info.slots(), this);
    this.wire = new WireCheck(simulation.scenario.links());
    this.highestCredit = info.slots();
    this.worker =
        new Worker(
            slots,
            simulation.scenario.links(),
            new WorkerLimits(CANCEL_GRACE, simulation.scenario.tasksPerWorker(), 0),
            this::send);
    register();
    beat();
  }

  private void register() {
    if (!answered) {
      simulation.network.send(this + " registers", () -> simulation.coordinator.register(this));
      after(REGISTER_AGAIN_NANOS, this::register);
    }
  }

  private void send(Header header, @Nullable WorkerBatch batch) {
    Letter letter = new Letter(toString(), "coordinator", header, batch);
    wire.sent(letter);
    if (batch != null) {
      highestCredit = Math.max(highestCredit, batch.credit());
      if (!batch.returned().isEmpty()) {
        simulation.returned(batch.returned());
      }
    }
    simulation.network.send(letter, () -> simulation.coordinator.fromWorker(this, header, batch));
  }

  /** A batch from the coordinator. */
  void receive(Header header, @Nullable LeaseBatch batch) {
    if (isPaused()) {
      after(0, () -> receive(header, batch));
      return;
    }
    if (dead || simulation.script.strikes(this)) {
      return;
    }
    answered = true;
    wire.acknowledged(header.acknowledged());
    worker.receive(header, batch, now());
    Ledger.check(
        worker.held() <= highestCredit, "%s holds %d leases".formatted(this, worker.held()));
    keepTicking();
  }

  /** What a slot's thread leaves for the actor, which looks a little later. */
  private void handOver(Runnable report) {
    handoff.add(report);
    if (handoff.size() == 1) {
      after(simulation.dice.upTo(HANDOFF_NANOS), this::drainHandoff);
    }
  }

  private void drainHandoff() {
    handoff.forEach(Runnable::run);
    handoff.clear();
    worker.flush(now());
    keepTicking();
  }

  void started(long lease, long startNanos) {
    handOver(() -> worker.started(lease, startNanos));
  }

  void lent(int more) {
    handOver(() -> worker.lent(more));
  }

  void finished(Outcome outcome, long runNanos) {
    handOver(() -> worker.finished(outcome, runNanos, now()));
  }

  void progressed(Progress report) {
    handOver(() -> worker.progressed(report));
  }

  private void keepTicking() {
    if (worker.isRetired()) {
      simulation.trace.log("%s retires", this);
      Ledger.check(atRest(), this + " retires while something is not acknowledged");
      die();
      return;
    }
    OptionalLong next = worker.nextTickNanos(now());
    if (next.isPresent() && (!ticking || next.getAsLong() < tickNanos)) {
      ticking = true;
      tickNanos = next.getAsLong();
      int number = ++tick;
      after(tickNanos - now(), () -> tick(number));
    }
  }

  private void tick(int number) {
    if (number == tick) { // else an earlier one has taken its place
      ticking = false;
      worker.tick(now());
      keepTicking();
    }
  }

  private void beat() {
    worker.beat();
    if (now() < simulation.scenario.heartbeatsUntilNanos()) {
      after(Script.HEARTBEAT_NANOS, this::beat);
    }
  }

  /** Does something later, if the process lives then, and not while it is suspended. */
  void after(long delayNanos, Runnable action) {
    simulation.time.after(
        Math.max(delayNanos, pausedUntilNanos - now()),
        () -> {
          if (isPaused()) {
            after(0, action);
          } else if (!dead) {
            action.run();
          }
        });
  }

  /** The process is suspended for so long. */
  void pause(long nanos) {
    simulation.trace.log("%s is suspended", this);
    pausedUntilNanos = now() + nanos;
  }

  private boolean isPaused() {
    return !dead && now() < pausedUntilNanos;
  }

  /** The host kills the process, suspended or not. */
  void killSoon() {
    simulation.time.after(simulation.dice.upTo(Scenario.SECOND / 5), this::die);
  }

  /** The process ends here and now. */
  void die() {
    if (!dead) {
      dead = true;
      simulation.workerDied(this);
    }
  }

  /** The coordinator takes it for dead, rightly or not. */
  void suspect() {
    suspected = true;
  }

  boolean isDead() {
    return dead;
  }

  /** Whether what it runs may have to run elsewhere. */
  boolean isLost() {
    return dead || suspected;
  }

  boolean atRest() {
    return worker.atRest() && worker.held() == 0;
  }

  private long now() {
    return simulation.time.nowNanos();
  }

  @Override
  public String toString() {
    return info.name();
  }
}
