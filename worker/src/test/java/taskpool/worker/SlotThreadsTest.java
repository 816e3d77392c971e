package taskpool.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import taskpool.protocol.Lease;
import taskpool.protocol.Outcome;

class SlotThreadsTest {
  private static final int SLOTS = 6;
  private static final int ROUNDS = 300;
  private static final long LIMIT_SECONDS = 20;

  /** A task that waits for what the test says; it may lend its slot meanwhile. */
  private static final class Body {
    final boolean lends;
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch mayEnd;

    Body(boolean lends, CountDownLatch mayEnd) {
      this.lends = lends;
      this.mayEnd = mayEnd;
    }

    void run(RunningTask task) throws InterruptedException {
      if (lends) {
        task.lend();
        started.countDown();
        go.await();
        task.takeBack();
      } else {
        started.countDown();
      }
      mayEnd.await();
    }
  }

  private final Map<Long, Body> bodies = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
  private long lastLease;

  private final class Bodies implements SlotThreads.Runner {
    @Override
    public Outcome run(Assignment assignment, RunningTask task) {
      try {
        bodies.get(assignment.id()).run(task);
      } catch (InterruptedException | RuntimeException e) {
        errors.add(e);
      }
      return new Outcome(assignment.id(), Outcome.Kind.VALUES, new byte[0]);
    }

    @Override
    public void discard(Outcome outcome) {}

    @Override
    public boolean mayGoOn() {
      return true;
    }
  }

  private final class Ends implements SlotThreads.Reporter {
    @Override
    public void started(long lease, long startNanos) {}

    @Override
    public void finished(Outcome outcome, long runNanos) {
      bodies.get(outcome.id()).ended.countDown();
    }

    @Override
    public void lent(int more) {}

    @Override
    public void wornOut() {}
  }

  private SlotThreads start() throws InterruptedException {
    return SlotThreads.start(SLOTS, new Bodies(), new Ends(), () -> {});
  }

  private Body enqueue(SlotThreads slots, boolean lends, CountDownLatch mayEnd) {
    long lease = ++lastLease;
    Body body = new Body(lends, mayEnd);
    bodies.put(lease, body);
    slots.enqueue(
        new Assignment(
            new Lease(lease, 1, lease, 1, 0, false, null, new byte[0]), new byte[0], new byte[0]));
    return body;
  }

  private List<Body> enqueue(SlotThreads slots, int count, CountDownLatch mayEnd) {
    return IntStream.range(0, count).mapToObj(i -> enqueue(slots, false, mayEnd)).toList();
  }

  private static boolean within(CountDownLatch latch) throws InterruptedException {
    return latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** However the end of the others and the return of one that had lent its slot interleave. */
  @Test
  void allSlotsAreUsedWhenTasksEndWhileOneWantsItsSlotBack() throws Exception {
    SlotThreads slots = start();
    for (int round = 0; round < ROUNDS; round++) {
      CountDownLatch first = new CountDownLatch(1);
      CountDownLatch second = new CountDownLatch(1);
      Body lender = enqueue(slots, true, second);
      assertThat(within(lender.started)).isTrue();
      for (Body each : enqueue(slots, SLOTS, first)) {
        assertThat(within(each.started)).isTrue();
      }
      List<Body> next = enqueue(slots, SLOTS - 1, second);
      lender.go.countDown();
      first.countDown();
      for (Body each : next) {
        assertThat(within(each.started)).as("slots are used, in round %d", round).isTrue();
      }
      second.countDown();
      for (Body each : next) {
        assertThat(within(each.ended)).isTrue();
      }
      assertThat(within(lender.ended)).isTrue();
    }
    assertThat(errors).isEmpty();
  }

  @Test
  void aSlotIsOfUseThoughItWasLentWhenOthersWereIdle() throws Exception {
    SlotThreads slots = start();
    CountDownLatch end = new CountDownLatch(1);
    Body lender = enqueue(slots, true, end);
    assertThat(within(lender.started)).isTrue();
    for (Body each : enqueue(slots, SLOTS, end)) {
      assertThat(within(each.started)).isTrue();
    }
    end.countDown();
    lender.go.countDown();

    assertThat(within(lender.ended)).isTrue();
    assertThat(errors).isEmpty();
  }
}
