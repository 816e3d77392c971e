package taskpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import taskpool.TaskOptions;
import taskpool.protocol.Terms;

class TermsOfTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(2);

  @Test
  void optionsThatAskForNothingAreNoTerms() {
    assertThat(TermsOf.options(TaskOptions.none())).isNull();
  }

  @Test
  void aSoftLimitComesBeforeTheHardOne() {
    TaskOptions both = TaskOptions.none().withSoftTimeout(LONG).withHardTimeout(LONG);
    Terms terms = TermsOf.options(both);
    assertThat(terms).isNotNull();
    assertThat(terms.softLimitNanos()).isEqualTo(LONG.toNanos());
    assertThat(terms.hardLimitNanos()).isEqualTo(LONG.toNanos());
    assertThatThrownBy(() -> TermsOf.options(both.withHardTimeout(SHORT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2S")
        .hasMessageContaining("PT1S");
  }
}
