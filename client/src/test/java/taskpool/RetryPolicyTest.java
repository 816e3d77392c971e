package taskpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RetryPolicy policy = RetryPolicy.attempts(3);

  @Test
  void isForWhatItIsToldToBeFor() {
    assertThat(policy.exceptions()).containsExactly(Exception.class);
    assertThat(policy.on(IOException.class).exceptions()).containsExactly(IOException.class);
  }

  @Test
  void isNotForNothing() {
    assertThatThrownBy(policy::on)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one class");
  }

  @Test
  void aBackoffIsAtLeastZeroAndGrows() {
    assertThatThrownBy(() -> policy.withBackoff(Duration.ofSeconds(-1), Duration.ofSeconds(-1)))
        .hasMessage("the first back-off can't be negative, as PT-1S");
    assertThatThrownBy(() -> policy.withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("the first back-off, PT2S, must be at most the longest one, PT1S");
  }
}
