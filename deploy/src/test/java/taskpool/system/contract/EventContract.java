package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterEvent;
import taskpool.sync.SharedObjects;

/** What an event promises. */
abstract class EventContract extends PrimitiveContract<ClusterEvent> {
  EventContract() {
    super(SharedObjects::event);
  }

  @Test
  void allSeeWhatOneSets() throws Exception {
    for (Party<ClusterEvent> party : all()) {
      assertThat(party.is(ClusterEvent::isSet)).isFalse();
    }
    two.run(ClusterEvent::set);
    two.run(ClusterEvent::set); // harmless
    for (Party<ClusterEvent> party : all()) {
      assertThat(party.is(ClusterEvent::isSet)).isTrue();
      party.run(ClusterEvent::await);
      assertThat(party.is(event -> event.await(Duration.ZERO))).isTrue();
    }
    one.run(ClusterEvent::clear);
    for (Party<ClusterEvent> party : all()) {
      assertThat(party.is(ClusterEvent::isSet)).isFalse();
      assertThat(party.is(event -> event.await(MOMENT))).isFalse();
    }
  }

  @Test
  void allWhoWaitGoOn() throws Exception {
    var forEver = two.begin(ClusterEvent::await).thatWaits();
    var limited = three.start(event -> event.await(LIMIT)).thatWaits();
    one.run(ClusterEvent::set);
    one.run(ClusterEvent::clear); // too late to hold those back
    forEver.get();
    assertThat(limited.get()).isTrue();
    assertThat(two.is(event -> event.await(MOMENT))).isFalse();
  }

  @Test
  void noTimeMeansNoWait() throws Exception {
    assertThat(two.is(event -> event.await(Duration.ZERO))).isFalse();
    assertThat(two.is(event -> event.await(Duration.ofDays(-1)))).isFalse();
  }

  @Test
  void anInterruptThatCameBeforeIsLookedAtFirst() throws Exception {
    one.run(ClusterEvent::set);
    for (Party<ClusterEvent> party : List.of(one, two)) {
      party.run(event -> Interrupts.areLookedAtFirst(event::await));
      party.run(event -> Interrupts.areLookedAtFirst(() -> event.await(LIMIT)));
      party.run(event -> Interrupts.areLookedAtFirst(() -> event.await(Duration.ZERO)));
    }
  }

  @Test
  void anInterruptEndsOneWaitAndNoOther() throws Exception {
    var interrupted = two.begin(ClusterEvent::await).thatWaits();
    var other = three.begin(ClusterEvent::await).thatWaits();
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    other.thatWaits();
    assertThat(one.is(ClusterEvent::isSet)).isFalse();
    one.run(ClusterEvent::set);
    other.get();
  }
}
