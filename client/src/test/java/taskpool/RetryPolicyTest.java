package taskpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
}
