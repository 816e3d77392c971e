package taskpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Set<Workload> WORKLOADS = EnumSet.of(Workload.W1, Workload.W2);
  private static final Set<Entrant> ENTRANTS =
      EnumSet.of(Entrant.TASKPOOL, Entrant.MP_POOL, Entrant.PROCESS_POOL, Entrant.IGNITE);

  private final Results results = new Results();

  @BeforeEach
  void measure() {
    results.add("W1", Entrant.TASKPOOL, List.of(800.0, 900.0));
    results.add("W1", Entrant.TASKPOOL, List.of(1_000.0));
    results.add("W1", Entrant.MP_POOL, List.of(100.0));
    results.add("W1", Entrant.PROCESS_POOL, List.of(450.0));
    results.add("W2.p50", Entrant.TASKPOOL, List.of(30.0));
    results.add("W2.p50", Entrant.MP_POOL, List.of(20.0));
    results.add("W2.p50", Entrant.PROCESS_POOL, List.of(60.0));
    results.failed(Workload.W1, Entrant.IGNITE, "exit code 1");
  }

  @Test
  void showsMediansRatiosAndGoals() {
    String table = new Table(results, WORKLOADS, ENTRANTS).medians();

    assertThat(table.lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "line unit taskpool mp.Pool ProcessPool Ignite : best peer : mp.Pool goal",
            "W1 tasks/s 900 100 450 failed 2.00 9.00 >= 8 x mp.Pool met",
            "W2.p50 us 30 20 60 - 1.50 1.50 <= mp.Pool NOT MET",
            "W2.p99 us - - - - - - <= ProcessPool ?",
            "Ignite failed W1: exit code 1");
  }

  @Test
  void showsTheSpread() {
    String table = new Table(results, WORKLOADS, ENTRANTS).spreads();

    assertThat(table).contains("800 .. 1,000", "failed");
  }

  @Test
  void alignsNumbersToTheRight() {
    String table = Table.align(List.of(List.of("line", "unit", "a"), List.of("W1", "s", "12")));

    assertThat(table.lines()).containsExactly("line  unit   a", "W1    s     12");
  }

  @Test
  void writesAnObjectForEachLine() throws IOException {
    String report = JsonReport.of(results, WORKLOADS, ENTRANTS, Map.of("cores", 2));
    JsonNode json = new ObjectMapper().readTree(report);

    assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
    assertThat(json.at("/W1/unit").asText()).isEqualTo("tasks/s");
    assertThat(json.at("/W1/taskpool/median").asDouble()).isEqualTo(900);
    assertThat(json.at("/W1/taskpool/min").asDouble()).isEqualTo(800);
    assertThat(json.at("/W1/taskpool/max").asDouble()).isEqualTo(1_000);
    assertThat(json.at("/W1/met").asBoolean()).isTrue();
    assertThat(json.at("/W1/Ignite/failed").asText()).isEqualTo("exit code 1");
    assertThat(json.at("/W2.p50/mp.Pool/median").asDouble()).isEqualTo(20);
    assertThat(json.at("/W2.p99").has("taskpool")).isFalse();
  }
}
