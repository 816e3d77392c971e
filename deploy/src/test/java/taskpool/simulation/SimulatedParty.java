package taskpool.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;

/**
 * A thread of a client that meets others at a barrier, some times, and resets it when it breaks.
 */
final class SimulatedParty {
  private static final byte[] ACTION = {1};

  private final Simulation simulation;
  private final SimulatedClient client;
  private final SimulatedObject barrier;
  private int roundsLeft;

  /** The request that it has come with. */
  private long coming;

  SimulatedParty(Simulation simulation, SimulatedClient client, int rounds) {
    this.simulation = simulation;
    this.client = client;
    this.barrier = new SimulatedObject(client, SyncKind.BARRIER);
    this.roundsLeft = rounds;
  }

  void begin() {
    barrier.open(SyncLedger.PARTIES, ACTION);
    nextRound();
  }

  private void nextRound() {
    if (client.isDead() || roundsLeft-- == 0) {
      return;
    }
    Dice dice = simulation.dice;
    long timeout = dice.spread(Scenario.MILLI, 20 * Scenario.SECOND);
    long id = barrier.ask(SyncOperation.AWAIT, 0, timeout, null, this::answered);
    coming = id;
    if (dice.chance(0.1)) {
      simulation.time.after(
          dice.spread(Scenario.MICRO, Scenario.SECOND),
          () -> barrier.tell(SyncOperation.WITHDRAW, id, null));
    }
  }

  private void answered(SyncReply reply) {
    switch (reply.status()) {
      case OK -> {
        simulation.shared.met(client, reply.value());
        nextRound();
      }
      case RUN_ACTION ->
          simulation.time.after(
              simulation.dice.spread(Scenario.MICRO, Scenario.SECOND / 10), this::endAction);
      case BROKEN -> {
        long unused = barrier.ask(SyncOperation.RESET, 0, 0, null, reset -> nextRound());
      }
      case TIMED_OUT, WITHDRAWN -> nextRound();
      default -> Ledger.check(false, client + " is told " + reply.status());
    }
  }

  private void endAction() {
    if (client.isDead()) {
      return;
    }
    byte[] failure = simulation.dice.chance(0.1) ? "it rains".getBytes(UTF_8) : new byte[0];
    long unused = barrier.ask(SyncOperation.ACTION_ENDED, coming, 0, failure, this::answered);
  }
}
