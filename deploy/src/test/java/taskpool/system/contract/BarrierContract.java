package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import taskpool.function.Function2;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.SharedObjects;

/** What barriers promise; each contract has one for three. */
abstract class BarrierContract extends PrimitiveContract<ClusterBarrier> {
  BarrierContract(Function2<SharedObjects, String, ClusterBarrier> source) {
    super(source);
  }

  void assertBroken(boolean broken) throws Exception {
    for (Party<ClusterBarrier> party : all()) {
      assertThat(party.is(ClusterBarrier::isBroken)).isEqualTo(broken);
    }
  }

  static void assertBreaks(Party<ClusterBarrier>.Doing<?> waiting) {
    assertThatThrownBy(waiting::get).isInstanceOf(BrokenBarrierException.class);
  }

  Party<ClusterBarrier>.Doing<Integer> waiting(Party<ClusterBarrier> party) throws Exception {
    return party.start(barrier -> barrier.await()).thatWaits();
  }

  void meetOnce() throws Exception {
    var first = waiting(one);
    var second = waiting(two);
    assertThat(three.number(ClusterBarrier::getNumberWaiting)).isEqualTo(2);
    assertThat(three.number(barrier -> barrier.await(LIMIT))).isEqualTo(2); // the last to come
    assertThat(List.of(first.get(), second.get())).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void allGoOnWhenTheLastHasComeEachWithAnIndexOfItsOwn() throws Exception {
    assertThat(two.number(ClusterBarrier::getParties)).isEqualTo(3);
    for (int round = 0; round < 3; round++) {
      assertThat(two.number(ClusterBarrier::getNumberWaiting)).isZero();
      meetOnce();
    }
    assertBroken(false);
  }

  @Test
  void roundsDoNotMix() throws Exception {
    var meeting =
        all().stream()
            .map(
                party ->
                    party.start(
                        barrier -> {
                          List<Integer> indices = new ArrayList<>();
                          for (int round = 0; round < 20; round++) {
                            indices.add(barrier.await());
                          }
                          return indices;
                        }))
            .toList();
    for (int round = 0; round < 20; round++) {
      Set<Integer> indices = new HashSet<>();
      for (var each : meeting) {
        indices.add(each.get().get(round));
      }
      assertThat(indices).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void breaksWhenOnesTimeIsOver() throws Exception {
    var other = waiting(two);
    assertThatThrownBy(() -> one.run(barrier -> barrier.await(MOMENT)))
        .isInstanceOf(TimeoutException.class);
    assertBreaks(other);
    assertBroken(true);
    assertThatThrownBy(() -> three.run(ClusterBarrier::await))
        .isInstanceOf(BrokenBarrierException.class);
    assertThatThrownBy(() -> three.run(barrier -> barrier.await(LIMIT)))
        .isInstanceOf(BrokenBarrierException.class);
    assertThat(three.number(ClusterBarrier::getNumberWaiting)).isZero();
  }

  @Test
  void noTimeMeansNoWait() throws Exception {
    assertThatThrownBy(() -> two.run(barrier -> barrier.await(Duration.ZERO)))
        .isInstanceOf(TimeoutException.class);
    assertBroken(true);
    one.run(ClusterBarrier::reset);
    var first = waiting(one);
    var second = waiting(three);
    assertThat(two.number(barrier -> barrier.await(Duration.ofDays(-1)))).isEqualTo(2);
    assertThat(first.get() + second.get()).isEqualTo(1);
  }

  @Test
  void breaksWhenOneIsInterruptedWhileItWaits() throws Exception {
    var interrupted = waiting(two);
    var other = waiting(three);
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    assertBreaks(other);
    assertBroken(true);
  }

  @Test
  void breaksWhenOneComesInterrupted() throws Exception {
    for (Party<ClusterBarrier> party : List.of(one, two)) {
      var other = waiting(three);
      party.run(barrier -> Interrupts.areLookedAtFirst(barrier::await));
      assertBreaks(other);
      assertBroken(true);
      one.run(ClusterBarrier::reset);
      party.run(barrier -> Interrupts.areLookedAtFirst(() -> barrier.await(Duration.ZERO)));
      assertBroken(true);
      two.run(ClusterBarrier::reset);
    }
    meetOnce();
  }

  @Test
  void breaksWhenItIsAborted() throws Exception {
    var first = waiting(two);
    var second = waiting(three);
    one.run(ClusterBarrier::abort);
    one.run(ClusterBarrier::abort); // harmless
    assertBreaks(first);
    assertBreaks(second);
    assertBroken(true);
    assertThatThrownBy(() -> one.run(ClusterBarrier::await))
        .isInstanceOf(BrokenBarrierException.class);
    two.run(ClusterBarrier::abort);
    assertThatThrownBy(() -> two.run(barrier -> barrier.await(Duration.ZERO)))
        .isInstanceOf(BrokenBarrierException.class);
  }

  @Test
  void isAsNewAfterAReset() throws Exception {
    one.run(ClusterBarrier::abort);
    two.run(ClusterBarrier::reset);
    assertBroken(false);
    meetOnce();
    var waiting = waiting(two);
    one.run(ClusterBarrier::reset);
    assertBreaks(waiting);
    assertBroken(false);
    assertThat(one.number(ClusterBarrier::getNumberWaiting)).isZero();
    meetOnce();
  }

  @Test
  void itIsForAsManyAsWasSaidFirst() throws Exception {
    var parties = partiesOf(Named::new);
    parties.get(0).run(named -> named.objects().barrier(named.name(), 3).reset());
    assertThat(
            parties.get(1).number(named -> named.objects().barrier(named.name(), 5).getParties()))
        .isEqualTo(3);
  }
}
