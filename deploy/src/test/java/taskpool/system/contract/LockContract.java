package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import taskpool.function.Function2;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedObjects;
import taskpool.sync.SharedValue;

/** What locks of both kinds promise. */
@SuppressWarnings("LockNotBeforeTry") // they are what is tested
abstract class LockContract extends PrimitiveContract<ClusterLock> {
  private static final int ROUNDS = 30;

  LockContract(Function2<SharedObjects, String, ClusterLock> source) {
    super(source);
  }

  @Test
  void oneThreadOwnsItAtATime() throws Exception {
    one.run(ClusterLock::lock);
    assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isTrue();
    for (Party<ClusterLock> other : List.of(two, three)) {
      assertThat(other.is(ClusterLock::isLocked)).isTrue();
      assertThat(other.is(ClusterLock::isHeldByCurrentThread)).isFalse();
      assertThat(other.is(lock -> lock.tryLock())).isFalse();
      assertThat(other.is(lock -> lock.tryLock(MOMENT))).isFalse();
    }
    one.run(ClusterLock::unlock);
    assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isFalse();
    assertThat(two.is(ClusterLock::isLocked)).isFalse();
    assertThat(two.is(lock -> lock.tryLock())).isTrue();
    assertThat(three.is(lock -> lock.tryLock())).isFalse();
  }

  @Test
  void onlyTheOwnerMayGiveItBackOrAskAboutIt() throws Exception {
    assertThatThrownBy(() -> one.run(ClusterLock::unlock))
        .isInstanceOf(IllegalMonitorStateException.class);
    one.run(ClusterLock::lock);
    for (Party<ClusterLock> other : List.of(two, three)) {
      assertThatThrownBy(() -> other.run(ClusterLock::unlock))
          .isInstanceOf(IllegalMonitorStateException.class);
      assertThatThrownBy(() -> other.ask(ClusterLock::token))
          .isInstanceOf(IllegalMonitorStateException.class);
      assertThatThrownBy(() -> other.ask(ClusterLock::wasAbandoned))
          .isInstanceOf(IllegalMonitorStateException.class);
    }
    assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isTrue();
    assertThat(one.ask(ClusterLock::wasAbandoned)).isFalse();
    one.run(ClusterLock::unlock);
    assertThatThrownBy(() -> one.run(ClusterLock::unlock))
        .isInstanceOf(IllegalMonitorStateException.class);
    assertThatThrownBy(() -> one.ask(ClusterLock::token))
        .isInstanceOf(IllegalMonitorStateException.class);
  }

  @Test
  void aWaitEndsWhenItIsGivenBack() throws Exception {
    one.run(ClusterLock::lock);
    var waiting = two.begin(ClusterLock::lock).thatWaits();
    assertThat(waiting.isDone()).isFalse();
    one.run(ClusterLock::unlock);
    waiting.get();
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
    assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isFalse();
  }

  @Test
  void theLongestTimeIsForEver() throws Exception {
    one.run(ClusterLock::lock);
    var waiting = two.start(lock -> lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).thatWaits();
    var longer = three.start(lock -> lock.tryLock(Duration.ofSeconds(Long.MAX_VALUE))).thatWaits();
    one.run(ClusterLock::unlock);
    assertThat(waiting.get()).isTrue();
    two.run(ClusterLock::unlock);
    assertThat(longer.get()).isTrue();
  }

  @Test
  void thoseWhoWaitGetItInTheirOrder() throws Exception {
    one.run(ClusterLock::lock);
    var first = two.start(lock -> lock.tryLock(LIMIT)).thatWaits();
    var second = three.begin(ClusterLock::lockInterruptibly).thatWaits();
    assertThat(one.is(lock -> unlockAndTry(lock))).isFalse(); // nobody passes who waits
    assertThat(first.get()).isTrue();
    assertThat(second.isDone()).isFalse();
    var third = one.begin(ClusterLock::lock).thatWaits();
    two.run(ClusterLock::unlock);
    second.get();
    assertThat(third.isDone()).isFalse();
    three.run(ClusterLock::unlock);
    third.get();
  }

  private static boolean unlockAndTry(ClusterLock lock) {
    lock.unlock();
    return lock.tryLock();
  }

  @Test
  void tokensGrowWithEveryOwner() throws Exception {
    List<Long> tokens = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (Party<ClusterLock> party : all()) {
        tokens.add(party.ask(LockContract::tokenOfAHold));
      }
    }
    assertThat(tokens).isSorted().doesNotHaveDuplicates();
  }

  private static long tokenOfAHold(ClusterLock lock) throws InterruptedException {
    try (ClusterLock.Hold hold = lock.acquire()) {
      assertThat(lock.token()).isEqualTo(hold.token());
      return hold.token();
    }
  }

  @Test
  void aHoldGivesItBackOnce() throws Exception {
    one.run(
        lock -> {
          ClusterLock.Hold hold = lock.acquire();
          assertThat(lock.isHeldByCurrentThread()).isTrue();
          hold.close();
          assertThat(lock.isLocked()).isFalse();
          assertThatThrownBy(hold::close).isInstanceOf(IllegalMonitorStateException.class);
        });
    assertThat(two.is(lock -> lock.tryLock())).isTrue();
  }

  @Test
  void noTimeMeansNoWait() throws Exception {
    assertThat(one.is(lock -> lock.tryLock(Duration.ZERO))).isTrue(); // it was free
    one.run(ClusterLock::unlock);
    assertThat(one.is(lock -> lock.tryLock(Duration.ofDays(-1)))).isTrue();
    assertThat(two.is(lock -> lock.tryLock(Duration.ZERO))).isFalse();
    assertThat(two.is(lock -> lock.tryLock(Duration.ofSeconds(Long.MIN_VALUE)))).isFalse();
    assertThat(two.is(lock -> lock.tryLock(-1, TimeUnit.DAYS))).isFalse();
    assertThat(two.is(lock -> lock.tryLock(1, TimeUnit.MICROSECONDS))).isFalse();
  }

  @Test
  void theLongestTimeIsLongEnough() throws Exception {
    one.run(ClusterLock::lock);
    var waiting = two.start(lock -> lock.tryLock(Duration.ofSeconds(Long.MAX_VALUE))).thatWaits();
    var other = three.start(lock -> lock.tryLock(Long.MAX_VALUE, TimeUnit.NANOSECONDS)).thatWaits();
    one.run(ClusterLock::unlock);
    assertThat(waiting.get()).isTrue();
    two.run(ClusterLock::unlock);
    assertThat(other.get()).isTrue();
  }

  @Test
  void anInterruptThatCameBeforeIsLookedAtFirst() throws Exception {
    for (Party<ClusterLock> party : List.of(one, two)) {
      party.run(lock -> Interrupts.areLookedAtFirst(lock::lockInterruptibly));
      party.run(lock -> Interrupts.areLookedAtFirst(lock::acquire));
      party.run(lock -> Interrupts.areLookedAtFirst(() -> lock.tryLock(LIMIT)));
      party.run(lock -> Interrupts.areLookedAtFirst(() -> lock.tryLock(Duration.ZERO)));
    }
    assertThat(three.is(ClusterLock::isLocked)).isFalse();
  }

  @Test
  void someCallsTakeNoNoticeOfAnInterrupt() throws Exception {
    two.run(
        lock -> {
          Thread.currentThread().interrupt();
          assertThat(lock.tryLock()).isTrue();
          lock.unlock();
          lock.lock();
          assertThat(lock.isHeldByCurrentThread()).isTrue();
          lock.unlock();
          assertThat(Thread.interrupted()).isTrue();
        });
    one.run(ClusterLock::lock);
    var waiting =
        two.start(
                lock -> {
                  lock.lock();
                  return Thread.currentThread().isInterrupted();
                })
            .thatWaits()
            .interrupted();
    one.run(ClusterLock::unlock);
    assertThat(waiting.get()).isTrue();
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
  }

  @Test
  void whoIsInterruptedWhileItWaitsOwnsNothingAndHoldsNobodyUp() throws Exception {
    one.run(ClusterLock::lock);
    var interrupted = two.begin(ClusterLock::lockInterruptibly).thatWaits();
    var behind = three.begin(ClusterLock::lockInterruptibly).thatWaits();
    interrupted.interrupted();
    assertThatThrownBy(interrupted::get).isInstanceOf(InterruptedException.class);
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isFalse();
    one.run(ClusterLock::unlock);
    behind.get();
    assertThatThrownBy(() -> two.run(ClusterLock::unlock))
        .isInstanceOf(IllegalMonitorStateException.class);
    three.run(ClusterLock::unlock);
    assertThat(two.is(lock -> lock.tryLock())).isTrue();
  }

  @Test
  void whoseTimeIsOverHoldsNobodyUp() throws Exception {
    one.run(ClusterLock::lock);
    var late = two.start(lock -> lock.tryLock(Duration.ofMillis(300))).thatWaits();
    var behind = three.start(lock -> lock.tryLock(LIMIT)).thatWaits();
    assertThat(late.get()).isFalse();
    one.run(ClusterLock::unlock);
    assertThat(behind.get()).isTrue();
  }

  @Test
  void anInterruptAtTheMomentOfTheGrantLosesNothing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      one.run(ClusterLock::lock);
      var racing = two.start(lock -> Interrupts.in(lock::lockInterruptibly)).thatWaits();
      racing.interrupted();
      one.run(ClusterLock::unlock);
      boolean owns = !racing.get();
      assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isEqualTo(owns);
      if (owns) {
        two.run(ClusterLock::unlock);
      }
      assertThat(three.is(ClusterLock::isLocked)).isFalse();
    }
  }

  /** A number that is read and written apart: only the lock keeps it right. */
  private record Guarded(ClusterLock lock, SharedValue<Integer> number) {
    void count() throws InterruptedException {
      for (int i = 0; i < ROUNDS; i++) {
        lock.lockInterruptibly();
        try {
          number.set(number.get() + 1);
        } finally {
          lock.unlock();
        }
      }
    }
  }

  @Test
  void whatItGuardsIsRightUnderContention() throws Exception {
    var parties = partiesOf(guarded(source()));
    var counting = parties.stream().map(party -> party.begin(Guarded::count)).toList();
    for (var each : counting) {
      each.get();
    }
    assertThat(parties.get(0).number(guarded -> guarded.number().get())).isEqualTo(3 * ROUNDS);
  }

  private static Function2<SharedObjects, String, Guarded> guarded(
      Function2<SharedObjects, String, ClusterLock> locks) {
    return (objects, name) -> new Guarded(locks.apply(objects, name), objects.value(name, 0));
  }
}
