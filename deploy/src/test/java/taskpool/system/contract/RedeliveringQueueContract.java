package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterQueue;

/** What a queue promises that keeps what is taken until it is done. */
abstract class RedeliveringQueueContract extends QueueContract {
  RedeliveringQueueContract() {
    super((objects, name) -> objects.redeliveringQueue(name, 0, Integer.class));
  }

  @Test
  void onlyWhoHasTakenAnElementCanBeDoneWithIt() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2)));
    one.run(queue -> queue.take());
    assertThatThrownBy(() -> two.run(ClusterQueue::taskDone))
        .isInstanceOf(IllegalStateException.class);
    two.run(queue -> queue.take());
    assertThatThrownBy(() -> two.run(queue -> queue.taskDone(2)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(three.is(queue -> queue.join(MOMENT))).isFalse();
    one.run(ClusterQueue::taskDone);
    two.run(ClusterQueue::taskDone);
    assertThat(three.is(queue -> queue.join(LIMIT))).isTrue();
  }
}
