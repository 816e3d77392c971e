package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a barrier without an action promises. */
abstract class PlainBarrierContract extends BarrierContract {
  PlainBarrierContract() {
    super((objects, name) -> objects.barrier(name, 3));
  }

  @Test
  void mayBeForOne() throws Exception {
    var alone = partiesOf((objects, name) -> objects.barrier(name, 1));
    assertThat(alone.get(1).number(barrier -> barrier.await())).isZero();
    assertThat(alone.get(0).number(barrier -> barrier.await(Duration.ZERO))).isZero();
    assertThatThrownBy(
            () -> partiesOf((objects, name) -> objects.barrier(name, 0)).get(1).run(x -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
