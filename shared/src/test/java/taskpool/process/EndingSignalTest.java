package taskpool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EndingSignalTest {

  /** A program's own handler, which need not end the JVM. */
  @Test
  void aSignalThatIsServedIsNotYetTheEnd() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    Thread handler =
        new Thread(
            () -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                // it ends
              }
            },
            "SIGTERM handler");
    handler.start();
    assertThat(EndingSignal.received()).isFalse();
    go.countDown();
    handler.join();
    assertThat(EndingSignal.received()).isFalse();
  }
}
