package taskpool.system.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import taskpool.TaskPool;
import taskpool.client.SecondEnd;
import taskpool.system.TestCluster;

/** Runs the contracts of all primitives over one pool; those of one with {@code -Dgroups=lock}. */
class PrimitiveContractsIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static TaskPool pool;
  private static SecondEnd second;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(3);
    second = SecondEnd.of(pool);
  }

  @AfterAll
  static void end() throws Exception {
    second.close();
  }

  static TaskPool pool() {
    return pool;
  }

  static SecondEnd secondEnd() {
    return second;
  }

  @Nested
  @Tag("lock")
  class OfLock extends PlainLockContract {}

  @Nested
  @Tag("lock")
  class OfReentrantLock extends ReentrantLockContract {}

  @Nested
  @Tag("condition")
  class OfCondition extends ConditionContract {}

  @Nested
  @Tag("semaphore")
  class OfSemaphore extends PlainSemaphoreContract {}

  @Nested
  @Tag("semaphore")
  class OfBoundedSemaphore extends BoundedSemaphoreContract {}

  @Nested
  @Tag("event")
  class OfEvent extends EventContract {}

  @Nested
  @Tag("latch")
  class OfLatch extends LatchContract {}

  @Nested
  @Tag("barrier")
  class OfBarrier extends PlainBarrierContract {}

  @Nested
  @Tag("barrier")
  class OfBarrierWithAction extends ActionBarrierContract {}

  @Nested
  @Tag("queue")
  class OfQueue extends UnboundedQueueContract {}

  @Nested
  @Tag("queue")
  class OfBoundedQueue extends BoundedQueueContract {}

  @Nested
  @Tag("queue")
  class OfRedeliveringQueue extends RedeliveringQueueContract {}

  @Nested
  @Tag("pipe")
  class OfPipe extends PipeContract {}

  @Nested
  @Tag("value")
  class OfValue extends ValueContract {}

  @Nested
  @Tag("array")
  class OfArray extends ArrayContract {}

  @Nested
  @Tag("list")
  class OfList extends ListContract {}

  @Nested
  @Tag("dict")
  class OfDict extends DictContract {}
}
