package taskpool.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.client.SyncCalls.Teller;
import taskpool.client.sync.QueueStock;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;

/** A client's end of a queue, for all its threads. What they say goes over its session's thread. */
final class SimulatedQueueEnd implements QueueStock.Voice {
  /** How long that takes to come to it. */
  private static final long LONGEST_NANOS = 20 * Scenario.MICRO;

  final QueueStock stock = new QueueStock(this);

  private final Simulation simulation;
  private final SimulatedClient client;
  private final SimulatedObject queue;
  private long lastMailNanos;

  SimulatedQueueEnd(Simulation simulation, SimulatedClient client) {
    this.simulation = simulation;
    this.client = client;
    this.queue = new SimulatedObject(client, SyncKind.QUEUE);
  }

  void open() {
    queue.open(simulation.scenario.sharing().queueRoom(), new byte[0]);
    client.listen(-queue.number(), reply -> stock.recalled(this::say));
  }

  private void say(SyncOperation operation, long argument, byte @Nullable [] payload) {
    queue.tell(operation, argument, payload);
  }

  /** In the order of the calls. */
  private void mail(Runnable action) {
    long now = simulation.time.nowNanos();
    lastMailNanos = Math.max(lastMailNanos, now + simulation.dice.upTo(LONGEST_NANOS));
    simulation.time.after(
        lastMailNanos - now,
        () -> {
          if (!client.isDead()) {
            action.run();
          }
        });
  }

  @Override
  public void tellSoon(Consumer<Teller> speech) {
    mail(() -> speech.accept(this::say));
  }

  @Override
  public void tell(SyncOperation operation, long argument) {
    mail(() -> queue.tell(operation, argument, null));
  }

  /**
   * Asks something.
   *
   * @param asked hears the request's number
   */
  void ask(
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload,
      Consumer<Long> asked,
      Consumer<SyncReply> then) {
    mail(() -> asked.accept(queue.ask(operation, argument, timeoutNanos, payload, then)));
  }
}
