package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterLatch;

/** What a latch promises; each contract has one with a count of three. */
abstract class LatchContract extends PrimitiveContract<ClusterLatch> {
  LatchContract() {
    super((objects, name) -> objects.latch(name, 3));
  }

  @Test
  void opensWhenAllHaveCounted() throws Exception {
    var forEver = three.begin(ClusterLatch::await).thatWaits();
    one.run(ClusterLatch::countDown);
    assertThat(two.number(ClusterLatch::getCount)).isEqualTo(2);
    two.run(ClusterLatch::countDown);
    forEver.thatWaits();
    assertThat(one.is(latch -> latch.await(MOMENT))).isFalse();
    var limited = two.start(latch -> latch.await(LIMIT)).thatWaits();
    one.run(ClusterLatch::countDown);
    forEver.get();
    assertThat(limited.get()).isTrue();
    for (Party<ClusterLatch> party : all()) {
      assertThat(party.number(ClusterLatch::getCount)).isZero();
      party.run(ClusterLatch::await);
      assertThat(party.is(latch -> latch.await(Duration.ZERO))).isTrue();
    }
  }

  @Test
  void staysAtZero() throws Exception {
    for (int i = 0; i < 5; i++) {
      two.run(ClusterLatch::countDown);
    }
    assertThat(one.number(ClusterLatch::getCount)).isZero();
    assertThat(one.is(latch -> latch.await(Duration.ZERO))).isTrue();
  }

  @Test
  void mayBeOpenFromTheFirst() throws Exception {
    var open = partiesOf((objects, name) -> objects.latch(name, 0));
    open.get(1).run(ClusterLatch::await);
    assertThat(open.get(0).number(ClusterLatch::getCount)).isZero();
    assertThatThrownBy(
            () -> partiesOf((objects, name) -> objects.latch(name, -1)).get(1).run(x -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noTimeMeansNoWait() throws Exception {
    assertThat(two.is(latch -> latch.await(Duration.ZERO))).isFalse();
    assertThat(two.is(latch -> latch.await(Duration.ofDays(-1)))).isFalse();
  }

  @Test
  void noCountIsLostUnderContention() throws Exception {
    var parties = partiesOf((objects, name) -> objects.latch(name, 100));
    var counting =
        parties.stream()
            .map(
                party ->
                    party.begin(
                        latch -> {
                          for (int i = 0; i < 30; i++) {
                            latch.countDown();
                          }
                        }))
            .toList();
    for (var each : counting) {
      each.get();
    }
    assertThat(parties.get(1).number(ClusterLatch::getCount)).isEqualTo(10);
  }

  @Test
  void anInterruptThatCameBeforeIsLookedAtFirst() throws Exception {
    var open = partiesOf((objects, name) -> objects.latch(name, 0));
    for (Party<ClusterLatch> party : List.of(one, two, open.get(0), open.get(1))) {
      party.run(latch -> Interrupts.areLookedAtFirst(latch::await));
      party.run(latch -> Interrupts.areLookedAtFirst(() -> latch.await(Duration.ZERO)));
    }
  }

  @Test
  void anInterruptEndsOneWaitAndCountsNothing() throws Exception {
    var interrupted = two.begin(ClusterLatch::await).thatWaits();
    var other = three.begin(ClusterLatch::await).thatWaits();
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    other.thatWaits();
    assertThat(one.number(ClusterLatch::getCount)).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      one.run(ClusterLatch::countDown);
    }
    other.get();
  }
}
