package taskpool.system.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import taskpool.sync.ClusterSemaphore;

/** What a semaphore promises to which no more can be given back than was taken. */
abstract class BoundedSemaphoreContract extends SemaphoreContract {
  BoundedSemaphoreContract() {
    super((objects, name) -> objects.boundedSemaphore(name, 2));
  }

  @Test
  void refusesWhatWasNotTaken() throws Exception {
    for (Party<ClusterSemaphore> party : all()) {
      assertThatThrownBy(() -> party.run(ClusterSemaphore::release))
          .isInstanceOf(IllegalStateException.class);
    }
    one.run(ClusterSemaphore::acquire);
    assertThatThrownBy(() -> two.run(permits -> permits.release(2)))
        .isInstanceOf(IllegalStateException.class);
    assertPermits(1); // not even the one that was
    two.run(ClusterSemaphore::release);
    assertPermits(2);
    assertThatThrownBy(
            () ->
                partiesOf((objects, name) -> objects.boundedSemaphore(name, -1))
                    .get(1)
                    .run(x -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
