package taskpool.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a history proves of the pool, a line for each fault. The promise that it is held against:
 * every task ends with its result, once; and it runs again only when the worker that had it was
 * killed, or given up for not answering.
 *
 * @param lost tasks without their result, or with one that no worker has come to
 * @param doubled tasks that were answered more than once
 * @param unexplained executions that followed another one whose worker had come to no harm
 * @param reruns how many executions were not their task's first
 */
record Verdict(List<String> lost, List<String> doubled, List<String> unexplained, int reruns) {

  static Verdict of(History history) {
    Map<Long, List<Answer>> answers = history.answers().stream().collect(groupingBy(Answer::task));
    Map<Long, List<Execution>> executions =
        history.executions().stream().collect(groupingBy(Execution::task));
    Map<Long, Long> harmedAtNanos =
        history.sabotages().stream()
            .collect(toMap(Sabotage::pid, Sabotage::atNanos, (one, other) -> earlier(one, other)));
    Verdict verdict = new Verdict(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
    int reruns = 0;
    for (long task = 0; task < history.tasks(); task++) {
      List<Execution> runs = new ArrayList<>(executions.getOrDefault(task, List.of()));
      runs.sort(Comparator.comparing(Execution::startNanos, (a, b) -> Long.signum(a - b)));
      reruns += Math.max(0, runs.size() - 1);
      verdict.judgeAnswers(task, answers.getOrDefault(task, List.of()), runs);
      verdict.judgeReruns(runs, harmedAtNanos);
    }
    return new Verdict(verdict.lost, verdict.doubled, verdict.unexplained, reruns);
  }

  private static long earlier(long oneNanos, long otherNanos) {
    return oneNanos - otherNanos < 0 ? oneNanos : otherNanos;
  }

  private void judgeAnswers(long task, List<Answer> answers, List<Execution> runs) {
    if (answers.isEmpty()) {
      lost.add("task %d was never answered; it ran as %s".formatted(task, runs));
    } else if (answers.size() > 1) {
      doubled.add("task %d was answered %d times: %s".formatted(task, answers.size(), answers));
    } else if (answers.get(0).error().isPresent()) {
      lost.add("task %d: %s; it ran as %s".formatted(task, answers.get(0).error().get(), runs));
    } else if (runs.stream().noneMatch(Execution::ended)) {
      lost.add("task %d has a result, but no end: it ran as %s".formatted(task, runs));
    }
  }

  private void judgeReruns(List<Execution> runs, Map<Long, Long> harmedAtNanos) {
    for (int i = 1; i < runs.size(); i++) {
      Execution before = runs.get(i - 1);
      Execution again = runs.get(i);
      Long harmed = harmedAtNanos.get(before.pid());
      if (harmed == null || harmed - again.startNanos() > 0) {
        unexplained.add("%s, though no harm had come to %s".formatted(again, before));
      }
    }
  }

  /** All of them. */
  List<String> faults() {
    return Stream.of(lost, doubled, unexplained).flatMap(List::stream).toList();
  }
}
