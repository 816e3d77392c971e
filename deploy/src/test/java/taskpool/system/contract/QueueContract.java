package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import taskpool.error.NotSendableException;
import taskpool.function.Function2;
import taskpool.sync.ClusterQueue;
import taskpool.sync.SharedObjects;

/** What queues of all kinds promise; each contract has one with room for three, at least. */
abstract class QueueContract extends PrimitiveContract<ClusterQueue<Integer>> {
  private static final int ROUNDS = 30;

  QueueContract(Function2<SharedObjects, String, ClusterQueue<Integer>> source) {
    super(source);
  }

  void assertElements(Integer... elements) throws Exception {
    for (Party<ClusterQueue<Integer>> party : all()) {
      assertThat(party.<List<Integer>>ask(queue -> new ArrayList<>(queue)))
          .containsExactly(elements);
      assertThat(party.number(queue -> queue.size())).isEqualTo(elements.length);
      assertThat(party.is(queue -> queue.isEmpty())).isEqualTo(elements.length == 0);
    }
  }

  @Test
  void elementsLeaveInTheOrderInWhichTheyCame() throws Exception {
    one.run(queue -> queue.put(1));
    assertThat(two.is(queue -> queue.offer(2))).isTrue();
    assertThat(one.is(queue -> queue.offer(3, MOMENT))).isTrue();
    assertElements(1, 2, 3);
    assertThat(two.number(queue -> queue.peek())).isEqualTo(1);
    assertThat(two.number(queue -> queue.element())).isEqualTo(1);
    assertThat(two.number(queue -> queue.take())).isEqualTo(1);
    assertThat(one.number(queue -> queue.poll())).isEqualTo(2);
    assertThat(three.number(queue -> queue.poll(MOMENT))).isEqualTo(3);
    assertElements();
    two.run(queue -> queue.putAll(List.of(4, 5)));
    one.run(queue -> queue.add(6));
    assertThat(one.number(queue -> queue.remove())).isEqualTo(4);
    assertElements(5, 6);
  }

  @Test
  void anEmptyOneSaysSo() throws Exception {
    for (Party<ClusterQueue<Integer>> party : List.of(one, two)) {
      assertThat(party.<Integer>ask(queue -> queue.poll())).isNull();
      assertThat(party.<Integer>ask(queue -> queue.peek())).isNull();
      assertThat(party.<Integer>ask(queue -> queue.poll(MOMENT))).isNull();
      assertThat(party.<Integer>ask(queue -> queue.poll(Duration.ZERO))).isNull();
      assertThat(party.<Integer>ask(queue -> queue.poll(Duration.ofDays(-1)))).isNull();
      assertThat(party.<Integer>ask(queue -> queue.poll(-1, TimeUnit.DAYS))).isNull();
      assertThatThrownBy(() -> party.run(queue -> queue.remove()))
          .isInstanceOf(NoSuchElementException.class);
      assertThatThrownBy(() -> party.run(queue -> queue.element()))
          .isInstanceOf(NoSuchElementException.class);
    }
    one.run(queue -> queue.put(1));
    assertThat(two.number(queue -> queue.poll(Duration.ZERO))).isEqualTo(1);
  }

  private static void assertRefusesNull(Interrupts.Waiting call) {
    assertThatThrownBy(call::call).isInstanceOf(NullPointerException.class);
  }

  @Test
  void nullIsNoElementAndNothingIsPut() throws Exception {
    for (Party<ClusterQueue<Integer>> party : List.of(one, two)) {
      party.run(
          queue -> {
            assertRefusesNull(() -> queue.put(null));
            assertRefusesNull(() -> queue.offer(null));
            assertRefusesNull(() -> queue.offer(null, MOMENT));
            assertRefusesNull(() -> queue.add(null));
            assertRefusesNull(() -> queue.putAll(Arrays.asList(1, null)));
            assertRefusesNull(() -> queue.putAll(null));
            assertRefusesNull(() -> queue.drainTo(null));
            assertThat(queue.remove(null)).isFalse();
            assertThat(queue.contains(null)).isFalse();
          });
    }
    assertElements();
  }

  @Test
  void whatCantBeSentIsRefused() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<Object>queue(name));
    assertThatThrownBy(() -> parties.get(1).run(queue -> queue.put(new Object())))
        .isInstanceOf(NotSendableException.class);
    assertThat(parties.get(0).is(queue -> queue.isEmpty())).isTrue();
    assertThat(parties.get(1).is(queue -> queue.remove(new Object()))).isFalse();
  }

  @Test
  void whatIsTakenIsACopy() throws Exception {
    var parties = partiesOf((objects, name) -> objects.<Object>queue(name));
    parties
        .get(1)
        .run(
            queue -> {
              List<Object> mine = new ArrayList<>(List.of("a"));
              queue.put(mine);
              mine.add("b");
            });
    assertThat(parties.get(0).<Object>ask(queue -> queue.take())).isEqualTo(List.of("a"));
  }

  @Test
  void aWaitEndsWhenSomethingIsPut() throws Exception {
    var forEver = two.start(queue -> queue.take()).thatWaits();
    one.run(queue -> queue.put(1));
    assertThat(forEver.get()).isEqualTo(1);
    var limited = one.start(queue -> queue.poll(LIMIT)).thatWaits();
    two.run(queue -> queue.add(2));
    assertThat(limited.get()).isEqualTo(2);
    assertElements();
  }

  @Test
  void thoseWhoWaitAreServedInTheirOrder() throws Exception {
    var first = two.start(queue -> queue.take()).thatWaits();
    var second = three.start(queue -> queue.poll(LIMIT)).thatWaits();
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(2);
    assertElements(3);
  }

  @Test
  void nobodyPassesWhoWaits() throws Exception {
    var late = two.start(queue -> queue.poll(Duration.ofMillis(300))).thatWaits();
    var behind = three.start(queue -> queue.take()).thatWaits();
    assertThat(late.get()).isNull();
    assertThat(one.<Integer>ask(queue -> queue.poll())).isNull();
    one.run(queue -> queue.put(1));
    assertThat(behind.get()).isEqualTo(1);
  }

  @Test
  void anInterruptThatCameBeforeIsLookedAtFirst() throws Exception {
    one.run(queue -> queue.put(1));
    for (Party<ClusterQueue<Integer>> party : List.of(one, two)) {
      party.run(queue -> Interrupts.areLookedAtFirst(() -> queue.put(2)));
      party.run(queue -> Interrupts.areLookedAtFirst(() -> queue.putAll(List.of(2, 3))));
      party.run(queue -> Interrupts.areLookedAtFirst(() -> queue.offer(2, LIMIT)));
      party.run(queue -> Interrupts.areLookedAtFirst(() -> queue.offer(2, Duration.ZERO)));
      party.run(queue -> Interrupts.areLookedAtFirst(queue::take));
      party.run(queue -> Interrupts.areLookedAtFirst(() -> queue.poll(LIMIT)));
      party.run(queue -> Interrupts.areLookedAtFirst(() -> queue.poll(Duration.ZERO)));
      party.run(queue -> Interrupts.areLookedAtFirst(queue::join));
      party.run(queue -> Interrupts.areLookedAtFirst(() -> queue.join(Duration.ZERO)));
    }
    assertElements(1);
  }

  @Test
  void someCallsTakeNoNoticeOfAnInterrupt() throws Exception {
    two.run(
        queue -> {
          Thread.currentThread().interrupt();
          assertThat(queue.offer(1)).isTrue();
          assertThat(queue.size()).isEqualTo(1);
          assertThat(queue.poll()).isEqualTo(1);
          assertThat(Thread.interrupted()).isTrue();
        });
  }

  @Test
  void whoIsInterruptedWhileItWaitsTakesNothing() throws Exception {
    var interrupted = two.start(queue -> queue.take()).thatWaits();
    var behind = three.start(queue -> queue.take()).thatWaits();
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    one.run(queue -> queue.put(1));
    assertThat(behind.get()).isEqualTo(1);
    assertElements();
  }

  @Test
  void anInterruptAtTheMomentOfAPutLosesNothing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int element = round;
      var racing =
          two.start(
                  queue -> {
                    try {
                      return queue.take();
                    } catch (InterruptedException e) {
                      return -1;
                    }
                  })
              .thatWaits();
      racing.interrupted();
      one.run(queue -> queue.put(element));
      if (racing.get() == -1) {
        assertThat(three.number(queue -> queue.poll(LIMIT))).isEqualTo(element);
      } else {
        assertThat(racing.get()).isEqualTo(element);
      }
      assertElements();
    }
  }

  @Test
  void drainsToACollection() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    two.run(
        queue -> {
          List<Integer> drained = new ArrayList<>(List.of(0));
          assertThat(queue.drainTo(drained, 0)).isZero();
          assertThat(queue.drainTo(drained, -1)).isZero();
          assertThat(queue.drainTo(drained, 2)).isEqualTo(2);
          assertThat(drained).containsExactly(0, 1, 2);
          assertThat(queue.drainTo(drained)).isEqualTo(1);
          assertThat(queue.drainTo(drained)).isZero();
          assertThat(drained).containsExactly(0, 1, 2, 3);
          assertThatThrownBy(() -> queue.drainTo(queue))
              .isInstanceOf(IllegalArgumentException.class);
        });
    assertElements();
  }

  @Test
  void elementsAreFoundAndTakenOut() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 1)));
    two.run(
        queue -> {
          assertThat(queue.contains(2)).isTrue();
          assertThat(queue.contains(4)).isFalse();
          assertThat(queue.remove((Object) 4)).isFalse();
          assertThat(queue.remove((Object) 1)).isTrue(); // the first one
        });
    assertElements(2, 1);
    two.run(queue -> queue.clear());
    assertElements();
  }

  @Test
  void iteratorsShowWhatWasThere() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2)));
    var looking =
        two.start(
            queue -> {
              Iterator<Integer> all = queue.iterator();
              assertThatThrownBy(all::remove).isInstanceOf(IllegalStateException.class);
              queue.take();
              queue.put(3);
              List<Integer> seen = new ArrayList<>();
              all.forEachRemaining(seen::add);
              all.remove();
              assertThatThrownBy(all::remove).isInstanceOf(IllegalStateException.class);
              assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
              return seen;
            });
    assertThat(looking.get()).containsExactly(1, 2);
    assertElements(3);
  }

  @Test
  void iteratorsTakeOutWhatTheyHaveShown() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 1)));
    two.run(
        queue -> {
          Iterator<Integer> all = queue.iterator();
          all.next();
          all.next();
          all.next();
          all.remove();
        });
    assertElements(1, 2);
  }

  @Test
  void theLongestTimeIsForEver() throws Exception {
    var polling =
        two.<Integer>start(queue -> queue.poll(Long.MAX_VALUE, TimeUnit.DAYS)).thatWaits();
    assertThat(one.is(queue -> queue.offer(1, Long.MAX_VALUE, TimeUnit.DAYS))).isTrue();
    assertThat(polling.get()).isEqualTo(1);
  }

  @Test
  void joinWaitsUntilAllIsDone() throws Exception {
    two.run(ClusterQueue::join); // nothing was put
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    var joining = three.begin(ClusterQueue::join).thatWaits();
    assertThat(one.is(queue -> queue.join(MOMENT))).isFalse();
    assertThat(one.is(queue -> queue.join(Duration.ZERO))).isFalse();
    assertThat(one.is(queue -> queue.join(Duration.ofDays(-1)))).isFalse();
    two.run(queue -> queue.drainTo(new ArrayList<>()));
    joining.thatWaits();
    two.run(ClusterQueue::taskDone);
    joining.thatWaits();
    two.run(queue -> queue.taskDone(2));
    joining.get();
    assertThat(one.is(queue -> queue.join(Duration.ZERO))).isTrue();
  }

  @Test
  void noMoreIsDoneThanWasPut() throws Exception {
    assertThatThrownBy(() -> two.run(ClusterQueue::taskDone))
        .isInstanceOf(IllegalStateException.class);
    one.run(queue -> queue.put(1));
    two.run(queue -> queue.take());
    assertThatThrownBy(() -> two.run(queue -> queue.taskDone(2)))
        .isInstanceOf(IllegalStateException.class);
    for (int wrong : new int[] {0, -1}) {
      assertThatThrownBy(() -> two.run(queue -> queue.taskDone(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    two.run(ClusterQueue::taskDone);
    assertThatThrownBy(() -> two.run(ClusterQueue::taskDone))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInterruptEndsAJoin() throws Exception {
    one.run(queue -> queue.put(1));
    var joining = two.begin(ClusterQueue::join).thatWaits();
    joining.interrupted();
    assertThatThrownBy(joining::get).isInstanceOf(InterruptedException.class);
    assertElements(1);
  }

  private static List<Integer> putAndTake(ClusterQueue<Integer> queue, int from) throws Exception {
    List<Integer> taken = new ArrayList<>();
    for (int i = from; i < from + ROUNDS; i++) {
      queue.put(i);
      taken.add(queue.take());
    }
    return taken;
  }

  @Test
  void eachElementIsTakenOnceUnderContention() throws Exception {
    var first = one.start(queue -> putAndTake(queue, 0));
    var second = two.start(queue -> putAndTake(queue, ROUNDS));
    var third = three.start(queue -> putAndTake(queue, 2 * ROUNDS));
    List<Integer> all = new ArrayList<>(first.get());
    all.addAll(second.get());
    all.addAll(third.get());
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 3 * ROUNDS).boxed().toList());
    assertElements();
  }

  @Test
  void streamsShowWhatWasThereThoughOthersChangeIt() throws Exception {
    var changing =
        two.begin(
            queue -> {
              for (int i = 0; i < 5 * ROUNDS; i++) {
                queue.put(i);
                queue.take();
              }
            });
    one.run(
        queue -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertThat(queue.stream().toList()).hasSizeBetween(0, 1);
          }
        });
    changing.get();
  }

  @Test
  void whatIsTakenOutUnprocessedIsDone() throws Exception {
    one.run(queue -> queue.putAll(List.of(1, 2, 3)));
    var joining = two.begin(ClusterQueue::join).thatWaits();
    assertThat(three.is(queue -> queue.remove(Integer.valueOf(2)))).isTrue();
    assertThat(joining.isDone()).isFalse();
    one.run(ClusterQueue::clear);
    joining.get();
    assertElements();
    assertThatThrownBy(() -> one.run(ClusterQueue::taskDone))
        .isInstanceOf(IllegalStateException.class);
  }
}
