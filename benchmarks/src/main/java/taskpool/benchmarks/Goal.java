package taskpool.benchmarks;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What taskpool's median is to be: at least or at most a bound.
 *
 * @param bound a value in the line's unit, or a multiple of the peer's median
 * @param of the peer; null if the bound is absolute
 */
record Goal(boolean atLeast, double bound, @Nullable Entrant of) {

  static Goal atLeast(double value) {
    return new Goal(true, value, null);
  }

  static Goal atMost(double value) {
    return new Goal(false, value, null);
  }

  static Goal atLeast(double times, Entrant peer) {
    return new Goal(true, times, peer);
  }

  static Goal atMost(double times, Entrant peer) {
    return new Goal(false, times, peer);
  }

  /** Whether it is met; empty if a figure is missing. */
  Optional<Boolean> met(Map<Entrant, Spread> figures) {
    Spread ours = figures.get(Entrant.TASKPOOL);
    Spread theirs = of == null ? new Spread(1, 1, 1) : figures.get(of);
    if (ours == null || theirs == null) {
      return Optional.empty();
    }
    double wanted = bound * theirs.median();
    return Optional.of(atLeast ? ours.median() >= wanted : ours.median() <= wanted);
  }

  @Override
  public String toString() {
    String number = Spread.format(bound);
    String sign = atLeast ? ">= " : "<= ";
    if (of == null) {
      return sign + number;
    }
    return sign + (bound == 1 ? "" : number + " x ") + of;
  }
}
