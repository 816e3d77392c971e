package taskpool.simulation;

import java.util.Random;

/** Everything that is left to chance in a run. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    // Random's first values of neighbouring seeds are alike; a multiplier sets them apart.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** From {@code low} to {@code high}, each order of magnitude as likely as the others. */
  long spread(long low, long high) {
    double exponent = random.nextDouble() * Math.log((double) high / low);
    return Math.min(high, Math.max(low, Math.round(low * Math.exp(exponent))));
  }

  long upTo(long nanos) {
    return (long) (random.nextDouble() * nanos);
  }

  double fraction() {
    return random.nextDouble();
  }
}
