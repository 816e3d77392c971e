package taskpool.simulation;

import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** A thread of a client that takes permits of a semaphore and gives them back, some times. */
final class SimulatedParker {
  private final Simulation simulation;
  private final SimulatedClient client;
  private final SimulatedObject semaphore;
  private int roundsLeft;

  SimulatedParker(Simulation simulation, SimulatedClient client, int rounds) {
    this.simulation = simulation;
    this.client = client;
    this.semaphore = new SimulatedObject(client, SyncKind.BOUNDED_SEMAPHORE);
    this.roundsLeft = rounds;
  }

  void begin() {
    semaphore.open(SyncLedger.PERMITS, new byte[0]);
    nextRound();
  }

  private void nextRound() {
    if (client.isDead() || roundsLeft-- == 0) {
      return;
    }
    Dice dice = simulation.dice;
    int permits = dice.between(1, SyncLedger.PERMITS);
    long timeout =
        dice.chance(0.5) ? SyncRequest.FOR_EVER : dice.spread(Scenario.MICRO, Scenario.SECOND);
    long id =
        semaphore.ask(
            SyncOperation.ACQUIRE, permits, timeout, null, reply -> answered(reply, permits));
    if (dice.chance(0.2)) {
      simulation.time.after(
          dice.spread(Scenario.MICRO, Scenario.SECOND),
          () -> semaphore.tell(SyncOperation.WITHDRAW, id, null));
    }
  }

  private void answered(SyncReply reply, int permits) {
    switch (reply.status()) {
      case OK -> {
        simulation.shared.permitsTaken(client, permits);
        simulation.time.after(
            simulation.dice.spread(Scenario.MICRO, Scenario.SECOND / 10), () -> release(permits));
      }
      case TIMED_OUT, WITHDRAWN -> nextRound();
      default -> Ledger.check(false, client + " is told " + reply.status());
    }
  }

  private void release(int permits) {
    if (client.isDead()) {
      return;
    }
    simulation.shared.permitsReturned(client, permits);
    long unused = semaphore.ask(SyncOperation.RELEASE, permits, 0, null, this::released);
  }

  private void released(SyncReply reply) {
    Ledger.check(reply.status() == Status.OK, client + " gives back too much");
    nextRound();
  }
}
