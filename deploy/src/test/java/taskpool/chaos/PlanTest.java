package taskpool.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void aLongRun() {
    assertThat(Plan.parse("600")).hasValue(new Plan(Duration.ofMinutes(10), 3_000, 20_000));
  }

  @Test
  void inAShortRunEverythingHappensThreeTimesAtLeast() {
    assertThat(Plan.parse()).hasValue(new Plan(Duration.ofSeconds(25), 3_000, 6_250));
    assertThat(Plan.parse("5")).hasValue(new Plan(Duration.ofSeconds(5), 1_250, 1_250));
  }

  @Test
  void whatMakesNoSense() {
    assertThat(Plan.parse("4")).isEmpty();
    assertThat(Plan.parse("86401")).isEmpty();
    assertThat(Plan.parse("99999999999")).isEmpty();
    assertThat(Plan.parse("-5")).isEmpty();
    assertThat(Plan.parse("1m")).isEmpty();
    assertThat(Plan.parse("")).isEmpty();
    assertThat(Plan.parse("10", "10")).isEmpty();
  }
}
