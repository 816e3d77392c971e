package taskpool.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many seeds; with {@code -Dsimulation.seed=…} the one seed with a trace of all that happens, with
 * {@code -Dsimulation.seeds=…} another number of them.
 */
class SimulationTest {
  private static final int DEFAULT_SEEDS = 2_000;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everyTaskEndsOnceWhateverHappens() {
    Long one = Long.getLong("simulation.seed");
    if (one != null) {
      run(one, true);
      return;
    }
    int seeds = Integer.getInteger("simulation.seeds", DEFAULT_SEEDS);
    LifecycleCoverage coverage = new LifecycleCoverage();
    for (long seed = 1; seed <= seeds; seed++) {
      coverage.addAll(run(seed, false));
    }
    if (seeds >= DEFAULT_SEEDS) {
      assertThat(coverage.missing()).as("ways of the life-cycle table never taken").isEmpty();
    }
  }

  private static LifecycleCoverage run(long seed, boolean traced) {
    Simulation simulation = new Simulation(seed, traced);
    try {
      simulation.run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d: %s%nreplay: %s".formatted(seed, e.getMessage(), replay(seed)), e);
    }
    return simulation.ledger.coverage;
  }

  private static String replay(long seed) {
    return "mvn -q -Dquick -pl deploy -am test -Dtest=SimulationTest -Dsimulation.seed="
        + seed
        + " -Dsurefire.failIfNoSpecifiedTests=false";
  }
}
