package taskpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
  private static Spread median(double value) {
    return new Spread(value, value, value);
  }

  @Test
  void comparesWithAValue() {
    Map<Entrant, Spread> figures = Map.of(Entrant.TASKPOOL, median(97.9));

    assertThat(Goal.atLeast(98).met(figures)).contains(false);
    assertThat(Goal.atMost(98).met(figures)).contains(true);
  }

  @Test
  void comparesWithAMultipleOfAPeer() {
    Map<Entrant, Spread> figures =
        Map.of(Entrant.TASKPOOL, median(160), Entrant.MP_POOL, median(20));

    assertThat(Goal.atLeast(8, Entrant.MP_POOL).met(figures)).contains(true);
    assertThat(Goal.atLeast(8.1, Entrant.MP_POOL).met(figures)).contains(false);
    assertThat(Goal.atMost(1, Entrant.MP_POOL).met(figures)).contains(false);
  }

  @Test
  void isOpenWithoutThePeer() {
    Map<Entrant, Spread> figures = Map.of(Entrant.TASKPOOL, median(1));

    assertThat(Goal.atMost(1, Entrant.MP_POOL).met(figures)).isEmpty();
    assertThat(Goal.atMost(1).met(Map.of())).isEmpty();
  }

  @Test
  void readsAsIsSaid() {
    assertThat(Goal.atLeast(8, Entrant.MP_POOL)).hasToString(">= 8 x mp.Pool");
    assertThat(Goal.atMost(1, Entrant.PROCESS_POOL)).hasToString("<= ProcessPool");
    assertThat(Goal.atMost(1.2)).hasToString("<= 1.20");
  }
}
