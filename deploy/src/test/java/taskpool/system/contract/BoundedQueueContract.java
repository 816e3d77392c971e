package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterQueue;

/** What a queue with a bound promises; each contract has one for three elements. */
abstract class BoundedQueueContract extends QueueContract {
  BoundedQueueContract() {
    super((objects, name) -> objects.queue(name, 3));
  }

  @Test
  void takesNoMoreThanItsBound() throws Exception {
    assertThat(two.number(queue -> queue.remainingCapacity())).isEqualTo(3);
    one.run(queue -> queue.putAll(List.of(1, 2)));
    assertThat(two.number(queue -> queue.remainingCapacity())).isEqualTo(1);
    assertThat(two.is(queue -> queue.isFull())).isFalse();
    two.run(queue -> queue.put(3));
    for (Party<ClusterQueue<Integer>> party : all()) {
      assertThat(party.is(queue -> queue.isFull())).isTrue();
      assertThat(party.number(queue -> queue.remainingCapacity())).isZero();
      assertThat(party.is(queue -> queue.offer(4))).isFalse();
      assertThat(party.is(queue -> queue.offer(4, MOMENT))).isFalse();
      assertThat(party.is(queue -> queue.offer(4, Duration.ZERO))).isFalse();
      assertThat(party.is(queue -> queue.offer(4, Duration.ofDays(-1)))).isFalse();
      assertThatThrownBy(() -> party.run(queue -> queue.add(4)))
          .isInstanceOf(IllegalStateException.class);
    }
    assertElements(1, 2, 3);
    one.run(queue -> queue.take());
    assertThat(two.is(queue -> queue.offer(4, Duration.ZERO))).isTrue();
    assertElements(2, 3, 4);
  }

  @Test
  void thoseWhoWaitForRoomGetItInTheirOrder() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    var first = two.begin(queue -> queue.put(4)).thatWaits();
    var second = three.start(queue -> queue.offer(5, LIMIT)).thatWaits();
    assertElementsOf(one, 1, 2, 3);
    assertThat(one.number(queue -> queue.take())).isEqualTo(1);
    first.get();
    second.thatWaits();
    assertElementsOf(one, 2, 3, 4);
    one.run(queue -> queue.clear());
    assertThat(second.get()).isTrue();
    assertElementsOf(one, 5);
  }

  private static void assertElementsOf(Party<ClusterQueue<Integer>> party, Integer... elements)
      throws Exception {
    assertThat(party.<List<Integer>>ask(queue -> new ArrayList<>(queue))).containsExactly(elements);
  }

  @Test
  void whoIsInterruptedWhileItWaitsForRoomPutsNothing() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    var interrupted = two.begin(queue -> queue.put(4)).thatWaits();
    var behind = three.begin(queue -> queue.put(5)).thatWaits();
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    one.run(queue -> queue.take());
    behind.get();
    assertElements(2, 3, 5);
  }

  @Test
  void anInterruptAtTheMomentOfRoomPutsItOnceOrNotAtAll() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    for (int round = 0; round < 20; round++) {
      var racing = two.start(queue -> Interrupts.in(() -> queue.put(9))).thatWaits();
      racing.interrupted();
      one.run(queue -> queue.take());
      if (racing.get()) {
        one.run(queue -> queue.put(9));
      }
      assertThat(one.number(queue -> queue.size())).isEqualTo(3);
    }
  }

  @Test
  void whoseTimeIsOverPutsNothing() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    var late = two.start(queue -> queue.offer(4, Duration.ofMillis(300))).thatWaits();
    var behind = three.begin(queue -> queue.put(5)).thatWaits();
    assertThat(late.get()).isFalse();
    one.run(queue -> queue.take());
    behind.get();
    assertElements(2, 3, 5);
  }

  @Test
  void manyEnterAsRoomComes() throws Exception {
    var putting = two.begin(queue -> queue.putAll(List.of(1, 2, 3, 4, 5, 6, 7))).thatWaits();
    for (int i = 1; i <= 7; i++) {
      assertThat(one.number(queue -> queue.size())).isLessThanOrEqualTo(3);
      assertThat(one.number(queue -> queue.take())).isEqualTo(i);
    }
    putting.get();
    assertElements();
  }

  @Test
  void itsBoundIsTheFirstOneWhateverIsSaidLater() throws Exception {
    var parties = partiesOf(Named::new);
    parties.get(0).run(named -> named.objects().queue(named.name(), 3).putAll(List.of(1, 2)));
    assertThat(
            parties.get(1).number(named -> named.objects().queue(named.name()).remainingCapacity()))
        .isEqualTo(1);
  }
}
