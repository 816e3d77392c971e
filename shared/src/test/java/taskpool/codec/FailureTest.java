package taskpool.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FailureTest {
  /** Each has another one for its cause. */
  static final class EndlessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndlessException() {
      super("why?");
    }

    @Override
    public synchronized Throwable getCause() {
      return new EndlessException();
    }
  }

  @Test
  void anEndlessChainOfCausesIsCutOff() {
    Failure failure = Failure.of(new EndlessException(), "worker-1");

    assertThat(failure.message()).isEqualTo("why?");
    assertThat(failure.chain()).hasSize(20);
    assertThat(failure.stack()).hasSizeLessThan(70_000).endsWith("…");
  }

  @Test
  void aShortStackIsWhole() {
    Failure failure = Failure.of(new IllegalStateException("no", new Error("deep")), "worker-1");

    assertThat(failure.stack())
        .startsWith("java.lang.IllegalStateException: no")
        .contains("Caused by: java.lang.Error: deep")
        .doesNotContain("…");
  }
}
