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
            EnumSet.of(Entrant.TASKPOOL, Entrant.MP_POOL, Entrant.HAZELCAST),
            false);

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
    EnumSet<Workload> start = EnumSet.of(Workload.W6);
    EnumSet<Entrant> ours = EnumSet.of(Entrant.TASKPOOL);

    assertThat(Schedule.of(1, start, ours, false)).hasSize(3);
    assertThat(Schedule.of(1, start, ours, true)).hasSize(1);
  }
}
