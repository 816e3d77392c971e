package taskpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.benchmarks.Schedule.Step;

class ScheduleTest {

  @Test
  void beginsEachRoundWithAnother() {
    List<Step> steps =
        Schedule.of(
            3,
            EnumSet.of(Workload.W1, Workload.W3),
            EnumSet.of(Entrant.TASKPOOL, Entrant.MP_POOL, Entrant.HAZELCAST));

    assertThat(steps)
        .extracting(Step::toString)
        .containsExactly(
            "W1 taskpool",
            "W1 mp.Pool",
            "W1 Hazelcast",
            "W3 taskpool",
            "W3 mp.Pool",
            "W1 mp.Pool",
            "W1 Hazelcast",
            "W1 taskpool",
            "W3 mp.Pool",
            "W3 taskpool",
            "W1 Hazelcast",
            "W1 taskpool",
            "W1 mp.Pool",
            "W3 taskpool",
            "W3 mp.Pool");
  }

  @Test
  void startsWhatGivesOneFigureSeveralTimes() {
    assertThat(Schedule.of(1, EnumSet.of(Workload.W6), EnumSet.of(Entrant.TASKPOOL))).hasSize(3);
  }
}
