package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedObjects;

/** What a lock promises that its owner can't take again. */
@SuppressWarnings("LockNotBeforeTry") // they are what is tested
abstract class PlainLockContract extends LockContract {
  PlainLockContract() {
    super(SharedObjects::lock);
  }

  @Test
  void itsOwnerCantTakeItAgain() throws Exception {
    one.run(ClusterLock::lock);
    assertThat(one.is(lock -> lock.tryLock())).isFalse();
    assertThat(one.is(lock -> lock.tryLock(MOMENT))).isFalse();
    one.run(ClusterLock::unlock);
    assertThat(two.is(lock -> lock.tryLock())).isTrue();
  }
}
