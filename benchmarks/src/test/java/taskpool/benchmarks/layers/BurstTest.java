package taskpool.benchmarks.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a task of a burst may cost, in counts that are the same on every machine: bytes on the wire,
 * messages, allocated bytes. Each limit is a fifth above what was measured when it was set; who
 * makes something cheaper lowers it.
 */
class BurstTest {
  private static final int TASKS = 100_000;

  /** Measured: 29.1. */
  private static final double WIRE_BYTES = 35;

  /** Measured: 31.3. */
  private static final double MESSAGES_PER_THOUSAND = 38;

  /** Measured: 122. */
  private static final double CLIENT_BYTES = 147;

  /** Measured: 258. */
  private static final double COORDINATOR_BYTES = 310;

  /** Measured: 124. */
  private static final double WORKER_BYTES = 148;

  private static Burst burst;

  @BeforeAll
  static void run() {
    try (WireSizes sizes = new WireSizes()) {
      new Burst(sizes).run(TASKS); // what is not compiled yet allocates more
      burst = new Burst(sizes).run(TASKS);
    }
  }

  @AfterAll
  static void forget() {
    burst = null;
  }

  @Test
  void keepsMessagesSmall() {
    assertThat(LayersProgram.wireBytes(burst) / TASKS).isBetween(1.0, WIRE_BYTES);
  }

  @Test
  void keepsMessagesFew() {
    long messages = 0;
    for (Hop hop : Hop.values()) {
      messages += burst.traffic(hop).messages();
    }
    assertThat(1_000.0 * messages / TASKS).isBetween(0.1, MESSAGES_PER_THOUSAND);
  }

  @Test
  void allocatesLittleInTheClient() {
    assertThat(allocated(burst.client())).isBetween(1.0, CLIENT_BYTES);
  }

  @Test
  void allocatesLittleInTheCoordinator() {
    assertThat(allocated(burst.coordinator())).isBetween(1.0, COORDINATOR_BYTES);
  }

  @Test
  void allocatesLittleInTheWorkers() {
    assertThat(allocated(burst.workers())).isBetween(1.0, WORKER_BYTES);
  }

  private static double allocated(Meter core) {
    return core.costOfOneOf(TASKS).allocatedBytes();
  }
}
