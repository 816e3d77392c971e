package taskpool.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import taskpool.client.SyncCalls.Handler;
import taskpool.client.sync.QueueStock;
import taskpool.client.sync.QueueStock.Taking;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;

/** A thread of a client that puts items into a queue and takes some, and now and then gives up. */
final class SimulatedQueueUser {
  private static final int LARGE_BYTES = 5_000;

  private final Simulation simulation;
  private final SimulatedClient client;
  private final SimulatedQueueEnd end;
  private final String name;
  private final double puts;
  private int roundsLeft;
  private int lastItem;
  private boolean withdrawn;

  /** The request that it waits for; 0 if it does not. */
  private long waiting;

  SimulatedQueueUser(
      Simulation simulation, SimulatedClient client, SimulatedQueueEnd end, int thread) {
    this.simulation = simulation;
    this.client = client;
    this.end = end;
    this.name = client.session + "." + thread;
    this.puts = simulation.dice.fraction();
    this.roundsLeft = simulation.dice.between(1, 30);
  }

  void begin() {
    if (client.isDead() || roundsLeft-- == 0) {
      return;
    }
    if (simulation.dice.chance(puts)) {
      put();
    } else {
      take(anyTimeout());
    }
  }

  private void next() {
    long rest = simulation.dice.chance(0.5) ? 0 : simulation.dice.upTo(Scenario.SECOND / 10);
    simulation.time.after(rest, this::begin);
  }

  private long anyTimeout() {
    Dice dice = simulation.dice;
    return dice.chance(0.3) ? 0 : dice.spread(Scenario.MICRO, 5 * Scenario.SECOND);
  }

  private void put() {
    String item = name + ":" + ++lastItem;
    byte[] bytes = item.getBytes(UTF_8);
    if (simulation.dice.chance(0.05)) {
      byte[] large = Items.join(List.of(Arrays.copyOf(bytes, LARGE_BYTES)));
      simulation.shared.mayBePut(item);
      ask(SyncOperation.PUT, 0, anyTimeout(), large, Handler.KEEPS, reply -> wasPut(reply, item));
    } else if (end.stock.store(bytes)) {
      simulation.shared.put(item);
      next();
    } else {
      ask(
          SyncOperation.RESERVE,
          QueueStock.wantedRoom(),
          anyTimeout(),
          new byte[0],
          end.stock.reserving(),
          reply -> {
            if (end.stock.fill(reply, bytes)) {
              simulation.shared.put(item);
            }
          });
    }
  }

  private void wasPut(SyncReply reply, String item) {
    if (reply.status() == Status.OK) {
      simulation.shared.put(item);
    }
  }

  private void take(long timeoutNanos) {
    byte[] first = end.stock.takeAhead();
    if (first != null) {
      taken(first);
      next();
      return;
    }
    Taking taking = end.stock.taking(1);
    ask(
        SyncOperation.TAKE,
        taking.argument(),
        timeoutNanos,
        new byte[0],
        taking,
        reply -> taking.taken(reply).forEach(this::taken));
  }

  private void taken(byte[] item) {
    simulation.shared.taken(new String(item, UTF_8).trim(), client, name);
  }

  /** As {@link taskpool.client.SyncCalls} does. */
  private void ask(
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte[] payload,
      Handler handler,
      Consumer<SyncReply> then) {
    withdrawn = false;
    end.ask(
        operation,
        argument,
        timeoutNanos,
        payload,
        id -> {
          if (timeoutNanos > 0 && simulation.dice.chance(0.1)) {
            simulation.time.after(
                simulation.dice.spread(Scenario.MICRO, Scenario.SECOND), () -> withdraw(id));
          }
          waiting = id;
        },
        reply -> {
          handler.arrived(reply);
          if (handler instanceof Taking && !simulation.scenario.isFaultless()) {
            noteAhead(reply);
          }
          simulation.time.after(
              simulation.dice.upTo(20 * Scenario.MICRO), () -> goOn(reply, handler, then));
        });
  }

  /** Who answers a recall after a second gives them back behind others. */
  private void noteAhead(SyncReply reply) {
    Items.split(reply.payload()).stream()
        .skip(reply.value())
        .forEach(item -> simulation.shared.strayed(new String(item, UTF_8).trim()));
  }

  private void withdraw(long id) {
    if (waiting == id && !client.isDead()) {
      withdrawn = true;
      end.tell(SyncOperation.WITHDRAW, id);
    }
  }

  private void goOn(SyncReply reply, Handler handler, Consumer<SyncReply> then) {
    if (client.isDead()) {
      return;
    }
    waiting = 0;
    boolean over = reply.status() == Status.WITHDRAWN || reply.status() == Status.TIMED_OUT;
    if (!withdrawn || over || !handler.giveBack(reply)) {
      then.accept(reply);
    } else if (handler instanceof Taking) {
      Items.split(reply.payload())
          .forEach(item -> simulation.shared.strayed(new String(item, UTF_8).trim()));
    }
    next();
  }

  /** Takes until nothing is left. */
  void drain() {
    long before = simulation.shared.takenCount();
    roundsLeft = 0;
    take(0);
    simulation.time.after(
        Scenario.SECOND,
        () -> {
          if (simulation.shared.takenCount() > before) {
            drain();
          }
        });
  }
}
