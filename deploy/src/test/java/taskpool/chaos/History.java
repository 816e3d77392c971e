package taskpool.chaos;

import java.util.List;

/**
 * All that happened in a run.
 *
 * @param tasks how many were submitted; their ids are the numbers below
 */
record History(
    long tasks, List<Answer> answers, List<Execution> executions, List<Sabotage> sabotages) {
  History {
    answers = List.copyOf(answers);
    executions = List.copyOf(executions);
    sabotages = List.copyOf(sabotages);
  }

  long count(Sabotage.Kind kind) {
    return sabotages.stream().filter(sabotage -> sabotage.kind() == kind).count();
  }
}
