package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import taskpool.chaos.Chaos;

/**
 * Work among deaths, in a program of its own. It takes as many seconds as the system property
 * {@code chaos.seconds} says.
 */
@Timeout(value = 2, unit = TimeUnit.DAYS) // the cluster has a limit that fits
class ChaosIT {
  private static final int SECONDS = Integer.getInteger("chaos.seconds", 25);

  /** What a run takes beyond its seconds, even if much goes wrong. */
  private static final Duration LIMIT = Duration.ofSeconds(SECONDS + 500);

  private static final Pattern FIGURES =
      Pattern.compile(
          "\\{\"tasks\":([0-9]+),\"lost\":0,\"doubled\":0,\"reruns\":[0-9]+"
              + ",\"kills\":([0-9]+),\"pauses\":([0-9]+)"
              + ",\"slots_start\":4,\"slots_end\":4,\"leaked_processes\":0,\"leaked_fds\":0}");

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster(LIMIT);

  @Test
  void nothingIsLostAndNothingIsLeft() throws Exception {
    Program program = CLUSTER.launch(Chaos.class, Integer.toString(SECONDS));
    assertThat(program.exitCode(LIMIT)).as(program.transcript()).isZero();
    List<String> out = program.out();
    Matcher figures = FIGURES.matcher(out.get(out.size() - 1));
    assertThat(figures.matches()).as(program.transcript()).isTrue();
    assertThat(Integer.parseInt(figures.group(1))).as("tasks").isGreaterThan(10 * SECONDS);
    assertThat(Integer.parseInt(figures.group(2))).as("kills").isGreaterThanOrEqualTo(2);
    assertThat(Integer.parseInt(figures.group(3))).as("pauses").isGreaterThanOrEqualTo(2);
  }

  @Test
  void aWrongArgumentIsAnsweredWithOneLine() throws Exception {
    Program program = CLUSTER.launch(Chaos.class, "soon");
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .containsExactly(
            "chaos: wrong arguments; usage: chaos.sh [seconds], from 5 to 86400, 25 if not said");
  }
}
