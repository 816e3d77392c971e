package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import taskpool.function.Function2;
import taskpool.sync.ClusterSemaphore;
import taskpool.sync.SharedArray;
import taskpool.sync.SharedObjects;

/** What semaphores of both kinds promise; each contract has one with two permits. */
abstract class SemaphoreContract extends PrimitiveContract<ClusterSemaphore> {
  private static final int ROUNDS = 30;

  SemaphoreContract(Function2<SharedObjects, String, ClusterSemaphore> source) {
    super(source);
  }

  void assertPermits(int permits) throws Exception {
    for (Party<ClusterSemaphore> party : all()) {
      assertThat(party.number(ClusterSemaphore::availablePermits)).isEqualTo(permits);
    }
  }

  @Test
  void permitsAreTakenAndGivenBack() throws Exception {
    assertPermits(2);
    one.run(ClusterSemaphore::acquire);
    assertPermits(1);
    assertThat(two.is(ClusterSemaphore::tryAcquire)).isTrue();
    assertPermits(0);
    assertThat(three.is(ClusterSemaphore::tryAcquire)).isFalse();
    assertThat(three.is(permits -> permits.tryAcquire(MOMENT))).isFalse();
    three.run(permits -> permits.release(2)); // any thread may, whoever took them
    assertPermits(2);
    assertThat(two.is(permits -> permits.tryAcquire(2, MOMENT))).isTrue();
    assertPermits(0);
  }

  @Test
  void aWaitEndsWhenThereAreEnough() throws Exception {
    one.run(permits -> permits.acquire(2));
    var waiting = two.begin(permits -> permits.acquire(2)).thatWaits();
    one.run(ClusterSemaphore::release);
    waiting.thatWaits();
    one.run(ClusterSemaphore::release);
    waiting.get();
    assertPermits(0);
  }

  @Test
  void aRequestForManyIsNotPassedByOneForFew() throws Exception {
    one.run(permits -> permits.acquire(2));
    var many = two.start(permits -> permits.tryAcquire(2, LIMIT)).thatWaits();
    var few = three.begin(ClusterSemaphore::acquire).thatWaits();
    one.run(ClusterSemaphore::release);
    assertThat(one.is(ClusterSemaphore::tryAcquire)).isFalse();
    few.thatWaits();
    many.thatWaits();
    one.run(ClusterSemaphore::release);
    assertThat(many.get()).isTrue();
    few.thatWaits();
    two.run(ClusterSemaphore::release);
    few.get();
    assertPermits(0);
  }

  @Test
  void noTimeMeansNoWait() throws Exception {
    assertThat(two.is(permits -> permits.tryAcquire(Duration.ZERO))).isTrue();
    assertThat(two.is(permits -> permits.tryAcquire(Duration.ofDays(-1)))).isTrue();
    assertThat(one.is(permits -> permits.tryAcquire(Duration.ZERO))).isFalse();
    assertThat(one.is(permits -> permits.tryAcquire(2, Duration.ofDays(-1)))).isFalse();
    assertPermits(0);
  }

  @Test
  void whoseTimeIsOverHoldsNobodyUp() throws Exception {
    one.run(ClusterSemaphore::acquire);
    var late = two.start(permits -> permits.tryAcquire(2, Duration.ofMillis(300))).thatWaits();
    var behind = three.begin(ClusterSemaphore::acquire).thatWaits();
    assertThat(late.get()).isFalse();
    behind.get();
    assertPermits(0);
  }

  @Test
  void aNumberBelowOneIsRefused() throws Exception {
    for (int wrong : new int[] {0, -1, Integer.MIN_VALUE}) {
      for (Party<ClusterSemaphore> party : List.of(one, two)) {
        assertThatThrownBy(() -> party.run(permits -> permits.acquire(wrong)))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> party.run(permits -> permits.tryAcquire(wrong, MOMENT)))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> party.run(permits -> permits.release(wrong)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertPermits(2);
  }

  @Test
  void anInterruptThatCameBeforeIsLookedAtFirst() throws Exception {
    for (Party<ClusterSemaphore> party : List.of(one, two)) {
      party.run(permits -> Interrupts.areLookedAtFirst(permits::acquire));
      party.run(permits -> Interrupts.areLookedAtFirst(() -> permits.acquire(2)));
      party.run(permits -> Interrupts.areLookedAtFirst(() -> permits.tryAcquire(Duration.ZERO)));
    }
    assertPermits(2);
    two.run(
        permits -> {
          Thread.currentThread().interrupt();
          assertThat(permits.tryAcquire()).isTrue(); // does not wait, and takes no notice
          assertThat(Thread.interrupted()).isTrue();
        });
    assertPermits(1);
  }

  @Test
  void whoIsInterruptedWhileItWaitsTakesNothingAndHoldsNobodyUp() throws Exception {
    one.run(ClusterSemaphore::acquire);
    var interrupted = two.begin(permits -> permits.acquire(2)).thatWaits();
    var behind = three.begin(ClusterSemaphore::acquire).thatWaits();
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    behind.get();
    assertPermits(0);
    one.run(ClusterSemaphore::release);
    three.run(ClusterSemaphore::release);
    assertPermits(2);
  }

  @Test
  void anInterruptAtTheMomentOfTheGrantLosesNothing() throws Exception {
    one.run(permits -> permits.acquire(2));
    for (int round = 0; round < ROUNDS; round++) {
      var racing = two.start(permits -> Interrupts.in(() -> permits.acquire(2))).thatWaits();
      racing.interrupted();
      one.run(permits -> permits.release(2));
      if (!racing.get()) {
        two.run(permits -> permits.release(2));
      }
      assertPermits(2);
      one.run(permits -> permits.acquire(2));
    }
  }

  /** A room for two, and how many are in it. */
  private record Room(ClusterSemaphore permits, SharedArray<Integer> inside) {
    int mostInside() throws InterruptedException {
      int most = 0;
      for (int i = 0; i < ROUNDS; i++) {
        permits.acquire();
        most = Math.max(most, inside.update(0, x -> x + 1));
        inside.update(0, x -> x - 1);
        permits.release();
      }
      return most;
    }
  }

  @Test
  void neverMoreThanItsPermitsAreInside() throws Exception {
    var parties = partiesOf(room(source()));
    var inside = parties.stream().map(party -> party.start(Room::mostInside)).toList();
    for (var each : inside) {
      assertThat(each.get()).isBetween(1, 2);
    }
    assertThat(parties.get(1).number(room -> room.permits().availablePermits())).isEqualTo(2);
  }

  private static Function2<SharedObjects, String, Room> room(
      Function2<SharedObjects, String, ClusterSemaphore> permits) {
    return (objects, name) -> new Room(permits.apply(objects, name), objects.array(name, 1, 0));
  }
}
