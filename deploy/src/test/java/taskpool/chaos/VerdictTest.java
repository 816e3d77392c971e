package taskpool.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Execution ZERO = ended(0, 1, 100, 10);
  private static final Execution ONE = ended(1, 1, 200, 20);
  private static final List<Answer> BOTH = List.of(Answer.right(0), Answer.right(1));

  private static Execution ended(long task, int attempt, long pid, long startNanos) {
    return new Execution(task, attempt, pid, startNanos, true);
  }

  private static Execution cutOff(long task, int attempt, long pid, long startNanos) {
    return new Execution(task, attempt, pid, startNanos, false);
  }

  private static Sabotage kill(long pid, long atNanos) {
    return new Sabotage(Sabotage.Kind.KILL, pid, atNanos);
  }

  private static Verdict of(
      List<Answer> answers, List<Execution> executions, Sabotage... sabotages) {
    return Verdict.of(new History(2, answers, executions, Arrays.asList(sabotages)));
  }

  private static void assertClean(Verdict verdict, int reruns) {
    assertThat(verdict.faults()).isEmpty();
    assertThat(verdict.reruns()).isEqualTo(reruns);
  }

  @Test
  void allWell() {
    assertClean(of(BOTH, List.of(ZERO, ONE)), 0);
  }

  @Test
  void aTaskThatWasNeverAnswered() {
    Verdict verdict = of(List.of(Answer.right(0)), List.of(ZERO, ONE));
    assertThat(verdict.lost()).singleElement().asString().startsWith("task 1 was never answered");
    assertThat(verdict.faults()).isEqualTo(verdict.lost());
  }

  @Test
  void aTaskThatFailed() {
    Verdict verdict =
        of(List.of(Answer.right(0), Answer.wrong(1, "came as 7")), List.of(ZERO, ONE));
    assertThat(verdict.lost()).singleElement().asString().startsWith("task 1: came as 7");
  }

  @Test
  void aResultThatNobodyCameTo() {
    Verdict verdict = of(BOTH, List.of(ZERO, cutOff(1, 1, 200, 20)));
    assertThat(verdict.lost()).singleElement().asString().startsWith("task 1 has a result, but");
    assertThat(of(BOTH, List.of(ZERO)).lost()).hasSize(1);
  }

  @Test
  void aTaskThatWasAnsweredTwice() {
    Verdict verdict =
        of(List.of(Answer.right(0), Answer.right(1), Answer.right(0)), List.of(ZERO, ONE));
    assertThat(verdict.doubled()).singleElement().asString().startsWith("task 0 was answered 2");
    assertThat(verdict.faults()).isEqualTo(verdict.doubled());
    List<Answer> error = List.of(Answer.right(0), Answer.right(1), Answer.wrong(1, "x"));
    assertThat(of(error, List.of(ZERO, ONE)).doubled()).hasSize(1);
  }

  @Test
  void aRerunAfterADeath() {
    assertClean(
        of(BOTH, List.of(ZERO, cutOff(1, 1, 200, 20), ended(1, 2, 300, 50)), kill(200, 40)), 1);
  }

  @Test
  void aRerunAfterADeathThatTookTheResultAlong() {
    assertClean(of(BOTH, List.of(ended(1, 2, 300, 50), ZERO, ONE), kill(200, 40)), 1);
  }

  @Test
  void twoRerunsAfterTwoDeaths() {
    List<Execution> executions =
        List.of(ZERO, cutOff(1, 1, 200, 20), cutOff(1, 2, 300, 50), ended(1, 3, 400, 80));
    assertClean(of(BOTH, executions, kill(200, 40), kill(300, 70)), 2);
    assertThat(of(BOTH, executions, kill(200, 40)).unexplained()).hasSize(1);
  }

  @Test
  void aRerunThatNoDeathExplains() {
    List<Execution> executions = List.of(ZERO, ONE, ended(1, 1, 300, 50));
    Verdict nobody = of(BOTH, executions);
    assertThat(nobody.unexplained()).singleElement().asString().contains("pid=300", "pid=200");
    assertThat(nobody.faults()).isEqualTo(nobody.unexplained());
    assertThat(nobody.reruns()).isEqualTo(1);
    assertThat(of(BOTH, executions, kill(100, 40)).unexplained()).as("another's death").hasSize(1);
    assertThat(of(BOTH, executions, kill(300, 40)).unexplained()).as("the second's").hasSize(1);
    assertThat(of(BOTH, executions, kill(200, 60)).unexplained()).as("a later death").hasSize(1);
  }
}
