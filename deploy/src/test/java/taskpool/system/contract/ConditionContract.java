package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import taskpool.function.Function1;
import taskpool.sync.ClusterCondition;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedObjects;
import taskpool.sync.SharedValue;

/** What the conditions of a lock promise. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // they are what is tested
abstract class ConditionContract extends PrimitiveContract<ClusterLock> {
  private static final int ROUNDS = 20;

  ConditionContract() {
    super(SharedObjects::reentrantLock);
  }

  private static ClusterCondition changed(ClusterLock lock) {
    return lock.condition("changed");
  }

  private static void signal(ClusterLock lock, int waiters) {
    lock.lock();
    changed(lock).signal(waiters);
    lock.unlock();
  }

  private Party<ClusterLock>.Doing<Void> waiting(Party<ClusterLock> party) throws Exception {
    party.run(ClusterLock::lock);
    return party.begin(lock -> changed(lock).await()).thatWaits();
  }

  private static void assertNeedsTheLock(Interrupts.Waiting call) {
    assertThatThrownBy(call::call).isInstanceOf(IllegalMonitorStateException.class);
  }

  private static void assertAllNeedTheLock(ClusterLock lock) {
    ClusterCondition changed = changed(lock);
    assertNeedsTheLock(changed::await);
    assertNeedsTheLock(() -> changed.await(MOMENT));
    assertNeedsTheLock(() -> changed.await(Duration.ZERO));
    assertNeedsTheLock(() -> changed.awaitNanos(1));
    assertNeedsTheLock(changed::awaitUninterruptibly);
    assertNeedsTheLock(changed::signal);
    assertNeedsTheLock(changed::signalAll);
    assertNeedsTheLock(() -> changed.signal(2));
  }

  @Test
  void everyMethodNeedsTheLock() throws Exception {
    one.run(ConditionContract::assertAllNeedTheLock);
    two.run(ConditionContract::assertAllNeedTheLock);
    one.run(ClusterLock::lock);
    two.run(ConditionContract::assertAllNeedTheLock);
    three.run(ConditionContract::assertAllNeedTheLock);
    assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isTrue();
  }

  @Test
  void aWaitGivesTheLockBackAndHasItAgainWhenItEnds() throws Exception {
    var waiting = waiting(one);
    two.run(ClusterLock::lock);
    long token = two.number(ClusterLock::token);
    two.run(lock -> changed(lock).signal());
    assertThat(waiting.isDone()).isFalse();
    two.run(ClusterLock::unlock);
    waiting.get();
    assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isTrue();
    assertThat(one.number(ClusterLock::token)).isGreaterThan(token);
    assertThat(two.is(lock -> lock.tryLock())).isFalse();
    one.run(ClusterLock::unlock);
    assertThat(two.is(lock -> lock.tryLock())).isTrue();
  }

  @Test
  void aWaitGivesAllHoldsBackAndHasThemAgain() throws Exception {
    two.run(ClusterLock::lock);
    var waiting = waiting(two);
    one.run(lock -> signal(lock, 1));
    waiting.get();
    two.run(ClusterLock::unlock);
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
    assertThat(one.is(lock -> lock.tryLock())).isFalse();
    two.run(ClusterLock::unlock);
    assertThat(one.is(lock -> lock.tryLock())).isTrue();
  }

  @Test
  void thoseWhoWaitAreNotifiedInTheirOrder() throws Exception {
    var first = waiting(two);
    var second = waiting(three);
    one.run(lock -> signal(lock, 1));
    first.get();
    two.run(ClusterLock::unlock);
    assertThat(one.is(lock -> lock.tryLock())).isTrue(); // three does not ask for it
    one.run(ClusterLock::unlock);
    assertThat(second.isDone()).isFalse();
    one.run(lock -> signal(lock, 1));
    second.get();
  }

  @Test
  void asManyAreNotifiedAsAreAskedFor() throws Exception {
    for (int waiters : new int[] {2, 5, Integer.MAX_VALUE}) {
      var first = waiting(two);
      var second = waiting(three);
      one.run(lock -> signal(lock, waiters));
      first.get();
      two.run(ClusterLock::unlock);
      second.get();
      three.run(ClusterLock::unlock);
    }
    var last = waiting(three);
    one.run(lock -> signal(lock, 0));
    assertThat(one.is(lock -> lock.tryLock())).isTrue();
    assertThat(last.isDone()).isFalse();
    one.run(lock -> changed(lock).signalAll());
    one.run(ClusterLock::unlock);
    last.get();
  }

  @Test
  void aNotificationThatNobodyWaitsForIsForgotten() throws Exception {
    one.run(lock -> signal(lock, 3));
    two.run(ClusterLock::lock);
    assertThat(two.is(lock -> changed(lock).await(MOMENT))).isFalse();
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
  }

  @Test
  void oneConditionIsNotAnother() throws Exception {
    var waiting = waiting(two);
    one.run(ClusterLock::lock);
    one.run(lock -> lock.condition("other").signalAll());
    one.run(lock -> lock.newCondition().signalAll());
    one.run(ClusterLock::unlock);
    assertThat(one.is(lock -> lock.tryLock())).isTrue();
    assertThat(waiting.isDone()).isFalse();
    one.run(ClusterLock::unlock);
    one.run(lock -> signal(lock, 1));
    waiting.get();
  }

  @Test
  @SuppressWarnings("JavaUtilDate") // the JDK's interface has it
  void whoseTimeIsOverHasTheLockInHand() throws Exception {
    two.run(ClusterLock::lock);
    assertThat(two.is(lock -> changed(lock).await(MOMENT))).isFalse();
    assertThat(two.is(lock -> changed(lock).await(Duration.ZERO))).isFalse();
    assertThat(two.is(lock -> changed(lock).await(Duration.ofDays(-1)))).isFalse();
    assertThat(two.is(lock -> changed(lock).await(1, TimeUnit.MILLISECONDS))).isFalse();
    assertThat(two.number(lock -> changed(lock).awaitNanos(1_000))).isNotPositive();
    assertThat(two.number(lock -> changed(lock).awaitNanos(-5))).isNotPositive();
    assertThat(two.is(lock -> changed(lock).awaitUntil(new Date(0)))).isFalse();
    assertThat(two.is(lock -> changed(lock).awaitUntil(() -> false, MOMENT))).isFalse();
    assertThat(two.is(lock -> changed(lock).awaitUntil(() -> true, Duration.ZERO))).isTrue();
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
    assertThat(one.is(lock -> lock.tryLock())).isFalse();
  }

  @Test
  void theLongestTimeIsForEver() throws Exception {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    one.run(ClusterLock::lock);
    assertThat(one.is(lock -> changed(lock).awaitUntil(() -> true, longest))).isTrue();
    one.run(ClusterLock::unlock);
    List<Function1<ClusterCondition, Boolean>> waits =
        List.of(
            changed -> changed.await(Long.MAX_VALUE, TimeUnit.DAYS),
            changed -> changed.await(longest),
            changed -> changed.awaitNanos(Long.MAX_VALUE) > 0);
    for (var wait : waits) {
      two.run(ClusterLock::lock);
      var waiting = two.start(lock -> wait.apply(changed(lock))).thatWaits();
      one.run(lock -> signal(lock, 1));
      assertThat(waiting.get()).isTrue();
      two.run(ClusterLock::unlock);
    }
  }

  @Test
  void whoseTimeIsOverWaitsForTheLock() throws Exception {
    two.run(ClusterLock::lock);
    var waiting = two.start(lock -> changed(lock).await(Duration.ofMillis(200))).thatWaits();
    one.run(ClusterLock::lock);
    // that it is over shows in the line: who asks for the lock now comes after it
    var behind = three.start(lock -> lock.tryLock(Duration.ofMillis(400)));
    assertThat(behind.get()).isFalse();
    assertThat(waiting.isDone()).isFalse();
    one.run(ClusterLock::unlock);
    assertThat(waiting.get()).isFalse();
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
  }

  @Test
  void anInterruptThatCameBeforeIsLookedAtFirst() throws Exception {
    for (Party<ClusterLock> party : List.of(one, two)) {
      party.run(ClusterLock::lock);
      party.run(lock -> Interrupts.areLookedAtFirst(changed(lock)::await));
      party.run(lock -> Interrupts.areLookedAtFirst(() -> changed(lock).await(Duration.ZERO)));
      party.run(lock -> Interrupts.areLookedAtFirst(() -> changed(lock).awaitNanos(0)));
      assertThat(party.is(ClusterLock::isHeldByCurrentThread)).isTrue();
      party.run(ClusterLock::unlock);
    }
  }

  @Test
  void whoIsInterruptedHasTheLockInHandToo() throws Exception {
    var waiting = waiting(two);
    one.run(ClusterLock::lock);
    waiting.interrupted();
    assertThat(one.is(lock -> lock.tryLock(MOMENT))).isTrue(); // it is one's own still
    assertThat(waiting.isDone()).isFalse();
    one.run(ClusterLock::unlock);
    one.run(ClusterLock::unlock);
    assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
    two.run(ClusterLock::unlock);
    assertThat(one.is(lock -> lock.tryLock())).isTrue();
  }

  @Test
  void anInterruptUsesNoNotificationUp() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      two.run(ClusterLock::lock);
      var first = two.start(lock -> Interrupts.in(changed(lock)::await)).thatWaits();
      var second = waiting(three);
      one.run(ClusterLock::lock);
      one.run(lock -> changed(lock).signal());
      first.interrupted();
      one.run(ClusterLock::unlock);
      boolean passedOn = first.get();
      two.run(ClusterLock::unlock);
      if (!passedOn) {
        one.run(lock -> signal(lock, 1));
      }
      second.get();
      three.run(ClusterLock::unlock);
    }
  }

  @Test
  void someWaitsTakeNoNoticeOfAnInterrupt() throws Exception {
    two.run(ClusterLock::lock);
    var waiting =
        two.start(
                lock -> {
                  changed(lock).awaitUninterruptibly();
                  return Thread.currentThread().isInterrupted();
                })
            .thatWaits()
            .interrupted();
    assertThat(one.is(lock -> lock.tryLock(LIMIT))).isTrue();
    assertThat(waiting.isDone()).isFalse();
    one.run(lock -> changed(lock).signal());
    one.run(ClusterLock::unlock);
    assertThat(waiting.get()).isTrue();
    assertThat(two.is(ClusterLock::isHeldByCurrentThread)).isTrue();
  }

  /** A place for one number, which who puts and who takes wait for. */
  private record Place(ClusterLock lock, SharedValue<Integer> number) {
    private static final int EMPTY = -1;

    void put(int value) throws InterruptedException {
      lock.lock();
      lock.condition("empty").awaitUntil(() -> number.get() == EMPTY);
      number.set(value);
      lock.condition("full").signal();
      lock.unlock();
    }

    int take() throws InterruptedException {
      lock.lock();
      lock.condition("full").awaitUntil(() -> number.get() != EMPTY);
      int value = number.getAndSet(EMPTY);
      lock.condition("empty").signal();
      lock.unlock();
      return value;
    }
  }

  @Test
  void nothingIsLostBetweenWhoPutsAndWhoTakes() throws Exception {
    var parties =
        partiesOf(
            (objects, name) -> new Place(objects.lock(name), objects.value(name, Place.EMPTY)));
    var putting =
        parties
            .get(0)
            .begin(
                place -> {
                  for (int i = 0; i < 2 * ROUNDS; i++) {
                    place.put(i);
                  }
                });
    List<Party<Place>.Doing<Integer>> taking = new ArrayList<>();
    for (Party<Place> party : parties.subList(1, 3)) {
      taking.add(
          party.start(
              place -> {
                int sum = 0;
                for (int i = 0; i < ROUNDS; i++) {
                  sum += place.take();
                }
                return sum;
              }));
    }
    putting.get();
    assertThat(taking.get(0).get() + taking.get(1).get()).isEqualTo(ROUNDS * (2 * ROUNDS - 1));
  }

  @Test
  void whoIsInterruptedKnowsItsNewToken() throws Exception {
    var waiting = waiting(two);
    one.run(ClusterLock::lock);
    long between = one.number(ClusterLock::token);
    waiting.interrupted();
    assertThat(one.is(lock -> lock.tryLock(MOMENT))).isTrue(); // it is one's own still
    one.run(ClusterLock::unlock);
    one.run(ClusterLock::unlock);
    assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
    assertThat(two.number(ClusterLock::token)).isGreaterThan(between);
  }
}
