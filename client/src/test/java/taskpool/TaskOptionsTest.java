package taskpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskOptionsTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(2);

  private final TaskOptions none = TaskOptions.none();

  @Test
  void aSoftLimitComesBeforeTheHardOne() {
    assertThat(none.withSoftTimeout(SHORT).withHardTimeout(LONG).softTimeout()).contains(SHORT);
    assertThat(none.withSoftTimeout(SHORT).withHardTimeout(SHORT).hardTimeout()).contains(SHORT);
    assertThatThrownBy(() -> none.withSoftTimeout(LONG).withHardTimeout(SHORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2S")
        .hasMessageContaining("PT1S");
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  void nullIsNamed() {
    assertThatThrownBy(() -> none.withSoftTimeout(null)).hasMessage("limit");
    assertThatThrownBy(() -> none.withDelay(null)).hasMessage("delay");
    assertThatThrownBy(() -> none.withRetry(null)).hasMessage("policy");
    assertThatThrownBy(() -> none.withIdempotencyKey(null)).hasMessage("key");
    assertThatThrownBy(() -> TaskPool.builder().taskOptions(null)).hasMessage("options");
    assertThatThrownBy(() -> TaskPool.builder().startTimeout(null)).hasMessage("start time-out");
    assertThatThrownBy(() -> TaskPool.builder().initializer((Call<?>) null))
        .hasMessage("initializer");
  }
}
