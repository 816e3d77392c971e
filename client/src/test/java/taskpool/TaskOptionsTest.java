package taskpool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaskOptionsTest {
  private final TaskOptions none = TaskOptions.none();

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
