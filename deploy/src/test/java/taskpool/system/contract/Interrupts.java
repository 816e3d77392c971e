package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an interrupt does to a call, on the party's own thread. */
final class Interrupts {

  /** A call that may be interrupted. */
  @FunctionalInterface
  interface Waiting {
    void call() throws Exception;
  }

  private Interrupts() {}

  /** One that came before ends the call at once, and has been used up then. */
  static void areLookedAtFirst(Waiting waiting) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(waiting::call).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  /** Whether one came before the call had what it waits for; it has been used up then. */
  static boolean in(Waiting waiting) throws Exception {
    try {
      waiting.call();
      return false;
    } catch (InterruptedException e) {
      assertThat(Thread.interrupted()).isFalse();
      return true;
    }
  }
}
