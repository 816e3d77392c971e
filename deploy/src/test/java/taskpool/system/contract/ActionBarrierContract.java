package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.Test;
import taskpool.function.Action0;
import taskpool.sync.ClusterBarrier;
import taskpool.sync.ClusterEvent;
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

  /** A barrier for two whose action waits for an event. */
  private record Waiting(ClusterBarrier barrier, ClusterEvent begun, ClusterEvent end) {}

  private static Waiting waiting(SharedObjects objects, String name) {
    ClusterEvent begun = objects.event(name + " begun");
    ClusterEvent end = objects.event(name + " end");
    Action0 action =
        () -> {
          begun.set();
          end.await();
        };
    return new Waiting(objects.barrier(name, 2, action), begun, end);
  }

  @Test
  void whoseTimeIsOverWhenAllHaveComeWaitsForTheAction() throws Exception {
    var parties = partiesOf(ActionBarrierContract::waiting);
    var limited =
        parties.get(0).start(waiting -> waiting.barrier().await(Duration.ofSeconds(3))).thatWaits();
    var acting = parties.get(1).start(waiting -> waiting.barrier().await());
    parties.get(2).run(waiting -> waiting.begun().await());
    assertThat(parties.get(2).is(waiting -> waiting.end().await(Duration.ofMillis(3_200))))
        .isFalse();
    assertThat(limited.isDone()).isFalse();
    parties.get(2).run(waiting -> waiting.end().set());
    assertThat(limited.get()).isZero();
    assertThat(acting.get()).isEqualTo(1);
  }

  @Test
  void whoIsInterruptedWhenAllHaveComeWaitsForTheAction() throws Exception {
    var parties = partiesOf(ActionBarrierContract::waiting);
    var interrupted =
        parties
            .get(0)
            .start(waiting -> waiting.barrier().await() == 0 && Thread.interrupted())
            .thatWaits();
    var acting = parties.get(1).start(waiting -> waiting.barrier().await());
    parties.get(2).run(waiting -> waiting.begun().await());
    interrupted.interrupted();
    assertThat(parties.get(2).is(waiting -> waiting.end().await(MOMENT))).isFalse();
    assertThat(interrupted.isDone()).isFalse();
    parties.get(2).run(waiting -> waiting.end().set());
    assertThat(interrupted.get()).isTrue();
    assertThat(acting.get()).isEqualTo(1);
  }
}
