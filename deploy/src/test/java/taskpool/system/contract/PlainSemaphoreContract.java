package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterSemaphore;

/** What a semaphore promises that may grow. */
abstract class PlainSemaphoreContract extends SemaphoreContract {
  PlainSemaphoreContract() {
    super((objects, name) -> objects.semaphore(name, 2));
  }

  @Test
  void mayGrowBeyondItsFirstPermits() throws Exception {
    two.run(permits -> permits.release(3));
    assertPermits(5);
    one.run(permits -> permits.acquire(5));
    assertPermits(0);
  }

  @Test
  void mayHaveNoneAtFirst() throws Exception {
    var parties = partiesOf((objects, name) -> objects.semaphore(name, 0));
    assertThat(parties.get(0).is(ClusterSemaphore::tryAcquire)).isFalse();
    var waiting = parties.get(1).begin(ClusterSemaphore::acquire).thatWaits();
    parties.get(0).run(ClusterSemaphore::release);
    waiting.get();
    assertThatThrownBy(
            () -> partiesOf((objects, name) -> objects.semaphore(name, -1)).get(1).run(x -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFirstToAskForItSaysHowManyThereAre() throws Exception {
    var parties = partiesOf(Named::new);
    assertThat(
            parties.get(0).number(all -> all.objects().semaphore(all.name(), 3).availablePermits()))
        .isEqualTo(3);
    assertThat(
            parties.get(1).number(all -> all.objects().semaphore(all.name(), 9).availablePermits()))
        .isEqualTo(3);
  }
}
