package taskpool.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What is run when: round by round, workload by workload, entrant by entrant. Each round begins
 * with another entrant, so that none is always the first one after a change or the last.
 */
final class Schedule {

  /** One start of one program. */
  record Step(int round, Workload workload, Entrant entrant) {
    @Override
    public String toString() {
      return "%s %s".formatted(workload.id(), entrant);
    }
  }

  private Schedule() {}

  /** The steps of so many rounds, counted from 1. */
  static List<Step> of(int rounds, Set<Workload> workloads, Set<Entrant> entrants, boolean quick) {
    List<Step> steps = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      List<Entrant> order = new ArrayList<>(entrants);
      Collections.rotate(order, 1 - round);
      for (Workload workload : workloads) {
        for (int launch = 0; launch < workload.launches(quick); launch++) {
          for (Entrant entrant : order) {
            if (workload.isFor(entrant)) {
              steps.add(new Step(round, workload, entrant));
            }
          }
        }
      }
    }
    return steps;
  }
}
