package taskpool.simulation;

import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;

/** A thread of a client that takes a lock and gives it back, some times, and often gives up. */
final class SimulatedLocker {
  private final Simulation simulation;
  private final SimulatedClient client;
  private final SimulatedObject lock;
  private final long thread;
  private int roundsLeft;

  SimulatedLocker(Simulation simulation, SimulatedClient client, long thread, int rounds) {
    this.simulation = simulation;
    this.client = client;
    this.lock = new SimulatedObject(client, SyncKind.LOCK);
    this.thread = thread;
    this.roundsLeft = rounds;
  }

  void begin() {
    lock.open(0, new byte[0]);
    nextRound();
  }

  private void nextRound() {
    if (client.isDead() || roundsLeft-- == 0) {
      return;
    }
    Dice dice = simulation.dice;
    long timeout =
        dice.chance(0.5) ? SyncRequest.FOR_EVER : dice.spread(Scenario.MICRO, Scenario.SECOND);
    long id = lock.ask(SyncOperation.ACQUIRE, thread, timeout, null, this::answered);
    if (dice.chance(0.2)) {
      simulation.time.after(
          dice.spread(Scenario.MICRO, Scenario.SECOND),
          () -> lock.tell(SyncOperation.WITHDRAW, id, null));
    }
  }

  private void answered(SyncReply reply) {
    switch (reply.status()) {
      case OK -> {
        simulation.ledger.locked(this, reply.value());
        simulation.time.after(
            simulation.dice.spread(Scenario.MICRO, Scenario.SECOND / 10), this::release);
      }
      case TIMED_OUT, WITHDRAWN -> nextRound();
      default -> Ledger.check(false, this + " is told " + reply.status());
    }
  }

  private void release() {
    if (client.isDead()) {
      return;
    }
    simulation.ledger.unlocked(this);
    long unused = lock.ask(SyncOperation.RELEASE, thread, 0, null, this::released);
  }

  private void released(SyncReply reply) {
    Ledger.check(reply.status() == SyncReply.Status.OK, this + " was not the owner any more");
    nextRound();
  }

  /** Whether it is there to hold anything. */
  boolean isAlive() {
    return !client.isDead();
  }

  @Override
  public String toString() {
    return client + ", thread " + thread;
  }
}
