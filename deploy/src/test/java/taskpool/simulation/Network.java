package taskpool.simulation;

/**
 * Carries messages between processes: reliably and in order while it is calm, and while it storms
 * not at all, late, twice or out of order.
 */
final class Network {
  private enum Phase {
    CALM,
    STORM,
    PARTED
  }

  private static final long LATENCY_NANOS = 100 * Scenario.MICRO;

  private final VirtualTime time;
  private final Dice dice;
  private final Scenario.Weather weather;
  private final Trace trace;
  private Phase phase = Phase.CALM;

  Network(VirtualTime time, Dice dice, Scenario.Weather weather, Trace trace) {
    this.time = time;
    this.dice = dice;
    this.weather = weather;
    this.trace = trace;
    nextPhase();
  }

  private void nextPhase() {
    if (time.nowNanos() >= weather.stormNanos()) {
      phase = Phase.CALM;
      trace.log("--- calm from now on");
      return;
    }
    phase =
        dice.chance(weather.partitions())
            ? Phase.PARTED
            : dice.chance(0.8) ? Phase.STORM : Phase.CALM;
    trace.log("--- %s", phase);
    long lasts = Math.max(Scenario.MILLI, dice.upTo(weather.stormNanos() / 2));
    time.after(Math.min(lasts, weather.stormNanos() - time.nowNanos()), this::nextPhase);
  }

  /** Sends a message; to receive it is to run {@code delivery}. */
  void send(Object message, Runnable delivery) {
    boolean stormy = phase == Phase.STORM;
    if (phase == Phase.PARTED || (stormy && dice.chance(weather.drop()))) {
      trace.log("lost: %s", message);
      return;
    }
    deliver(message, delivery, stormy);
    if (stormy && dice.chance(weather.duplicate())) {
      deliver(message, delivery, true);
    }
  }

  private void deliver(Object message, Runnable delivery, boolean late) {
    long delay = LATENCY_NANOS + (late ? dice.upTo(weather.jitterNanos()) : 0);
    time.after(
        delay,
        () -> {
          trace.log("%s", message);
          delivery.run();
        });
  }
}
