package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.Test;
import taskpool.function.Action0;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.SharedArray;
import taskpool.sync.SharedObjects;

/** What a barrier with an action promises. */
abstract class ActionBarrierContract extends BarrierContract {
  ActionBarrierContract() {
    super((objects, name) -> counting(objects, name).barrier());
  }

  /** A barrier, and how often its action has run. */
  private record Counting(ClusterBarrier barrier, SharedArray<Integer> rounds) {
    int meet() throws Exception {
      int unused = barrier.await();
      return rounds.get(0);
    }
  }

  private static Counting counting(SharedObjects objects, String name) {
    SharedArray<Integer> rounds = objects.array(name, 1, 0);
    Action0 action = () -> rounds.update(0, x -> x + 1);
    return new Counting(objects.barrier(name, 3, action), rounds);
  }

  @Test
  void itsActionRunsOnceARoundBeforeAnyGoesOn() throws Exception {
    var parties = partiesOf(ActionBarrierContract::counting);
    for (int round = 1; round <= 3; round++) {
      var meeting = parties.stream().map(party -> party.start(Counting::meet)).toList();
      for (var each : meeting) {
        assertThat(each.get()).isEqualTo(round);
      }
    }
  }

  private static ClusterBarrier failing(SharedObjects objects, String name) {
    return objects.barrier(
        name,
        3,
        () -> {
          throw new IllegalStateException("no action");
        });
  }

  private static ClusterBarrier failingChecked(SharedObjects objects, String name) {
    return objects.barrier(
        name,
        3,
        () -> {
          throw new IOException("no disk");
        });
  }

  @Test
  void breaksWhenItsActionFails() throws Exception {
    var parties = partiesOf(ActionBarrierContract::failing);
    var first = waiting(parties.get(0));
    var second = waiting(parties.get(2));
    assertThatThrownBy(() -> parties.get(1).run(ClusterBarrier::await))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no action");
    assertBreaks(first);
    assertBreaks(second);
    assertThat(parties.get(0).is(ClusterBarrier::isBroken)).isTrue();
  }

  @Test
  void aCheckedErrorOfItsActionIsTheCause() throws Exception {
    var parties = partiesOf(ActionBarrierContract::failingChecked);
    var first = waiting(parties.get(1));
    var second = waiting(parties.get(2));
    assertThatThrownBy(() -> parties.get(0).run(ClusterBarrier::await))
        .isInstanceOf(BrokenBarrierException.class)
        .hasCauseInstanceOf(IOException.class);
    assertBreaks(first);
    assertBreaks(second);
  }
}
