package taskpool.simulation;

import taskpool.client.ClientSession;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOpening;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;

/** A thread of a client that takes a lock and gives it back, some times, and often gives up. */
final class SimulatedLocker {
  private static final int LOCK = 1;
  private static final String NAME = "the lock";

  private final Simulation simulation;
  private final SimulatedClient client;
  private final long thread;
  private int roundsLeft;

  SimulatedLocker(Simulation simulation, SimulatedClient client, long thread, int rounds) {
    this.simulation = simulation;
    this.client = client;
    this.thread = thread;
    this.roundsLeft = rounds;
  }

  void begin() {
    SyncOpening opening = new SyncOpening(SyncKind.LOCK, NAME, new byte[0], "locker", false);
    client.tell(new SyncRequest(client.nextId(), LOCK, SyncOperation.OPEN, 0, 0, opening.encode()));
    nextRound();
  }

  private void nextRound() {
    if (client.isDead() || roundsLeft-- == 0) {
      return;
    }
    Dice dice = simulation.dice;
    long id = client.nextId();
    long timeout =
        dice.chance(0.5) ? SyncRequest.FOR_EVER : dice.spread(Scenario.MICRO, Scenario.SECOND);
    client.ask(
        new SyncRequest(id, LOCK, SyncOperation.ACQUIRE, thread, timeout, null),
        new Answer(this::answered));
    if (dice.chance(0.2)) {
      simulation.time.after(dice.spread(Scenario.MICRO, Scenario.SECOND), () -> withdraw(id));
    }
  }

  private void withdraw(long id) {
    client.tell(new SyncRequest(client.nextId(), LOCK, SyncOperation.WITHDRAW, id, 0, null));
  }

  private void answered(SyncReply reply) {
    switch (reply.status()) {
      case OK, ABANDONED -> {
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
    client.ask(
        new SyncRequest(client.nextId(), LOCK, SyncOperation.RELEASE, thread, 0, null),
        new Answer(this::released));
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

  private record Answer(java.util.function.Consumer<SyncReply> then)
      implements ClientSession.ReplyListener {
    @Override
    public void onReply(SyncReply reply) {
      then.accept(reply);
    }

    @Override
    public void onAbandoned(Throwable reason) {
      throw new AssertionError("abandoned", reason);
    }
  }
}
