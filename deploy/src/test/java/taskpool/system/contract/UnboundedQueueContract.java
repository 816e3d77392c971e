package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a queue without a bound promises. */
abstract class UnboundedQueueContract extends QueueContract {
  UnboundedQueueContract() {
    super((objects, name) -> objects.queue(name));
  }

  @Test
  void isNeverFull() throws Exception {
    two.run(queue -> queue.putAll(IntStream.range(0, 500).boxed().toList()));
    assertThat(one.is(queue -> queue.isFull())).isFalse();
    assertThat(one.number(queue -> queue.remainingCapacity())).isEqualTo(Integer.MAX_VALUE);
    assertThat(one.is(queue -> queue.offer(500, Duration.ZERO))).isTrue();
    assertThat(one.number(queue -> queue.size())).isEqualTo(501);
  }

  @Test
  void aBoundOfZeroOrLessIsNone() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<Integer>queue(name, -3));
    parties.get(1).run(queue -> queue.putAll(List.of(1, 2, 3, 4)));
    assertThat(parties.get(0).number(queue -> queue.remainingCapacity()))
        .isEqualTo(Integer.MAX_VALUE);
  }
}
