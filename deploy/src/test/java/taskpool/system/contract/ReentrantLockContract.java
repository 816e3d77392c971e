package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedObjects;

/** What a lock promises that its owner may take again. */
@SuppressWarnings("LockNotBeforeTry") // they are what is tested
abstract class ReentrantLockContract extends LockContract {
  ReentrantLockContract() {
    super(SharedObjects::reentrantLock);
  }

  @Test
  void itIsFreeWhenItWasGivenBackAsOftenAsItWasTaken() throws Exception {
    one.run(ClusterLock::lock);
    long token = one.number(ClusterLock::token);
    assertThat(one.is(lock -> lock.tryLock())).isTrue();
    assertThat(one.is(lock -> lock.tryLock(MOMENT))).isTrue();
    one.run(ClusterLock::lockInterruptibly);
    assertThat(one.number(ClusterLock::token)).isEqualTo(token);
    for (int holds = 4; holds > 0; holds--) {
      assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isTrue();
      assertThat(two.is(lock -> lock.tryLock())).isFalse();
      one.run(ClusterLock::unlock);
    }
    assertThat(one.is(ClusterLock::isHeldByCurrentThread)).isFalse();
    assertThatThrownBy(() -> one.run(ClusterLock::unlock))
        .isInstanceOf(IllegalMonitorStateException.class);
    assertThat(two.is(lock -> lock.tryLock())).isTrue();
  }

  @Test
  void itsOwnerTakesItAgainThoughOthersWait() throws Exception {
    one.run(ClusterLock::lock);
    var waiting = two.begin(ClusterLock::lock).thatWaits();
    assertThat(one.is(lock -> lock.tryLock())).isTrue();
    one.run(ClusterLock::unlock);
    assertThat(waiting.isDone()).isFalse();
    one.run(ClusterLock::unlock);
    waiting.get();
  }

  @Test
  void anInterruptedOwnerHasItAsOftenAsBefore() throws Exception {
    one.run(ClusterLock::lock);
    one.run(lock -> Interrupts.areLookedAtFirst(lock::lockInterruptibly));
    assertThat(two.is(lock -> lock.tryLock())).isFalse();
    one.run(ClusterLock::unlock);
    assertThat(two.is(lock -> lock.tryLock())).isTrue();
  }
}
