package taskpool.coordinator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;

/** Never more permits out than there are, and nobody who waits for some that are there. */
class SemaphoreStatePropertyTest {
  private static final int STEPS = 300;
  private static final int SESSIONS = 4;

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void givesOutWhatItHas(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int permits, @ForAll boolean bounded) {
    new Run(seed, permits, bounded).run();
  }

  private static final class Run {
    private final Random random;
    private final int permits;
    private final AnswerBook book = new AnswerBook();
    private final SemaphoreState semaphore;
    private final Map<Caller, Integer> line = new LinkedHashMap<>();
    private final Map<Integer, Integer> held = new HashMap<>();
    private final boolean bounded;

    Run(long seed, int permits, boolean bounded) {
      this.random = new Random(seed);
      this.permits = permits;
      this.bounded = bounded;
      this.semaphore = new SemaphoreState(permits, bounded, book);
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step();
        check();
      }
      for (int session = 1; session <= SESSIONS; session++) {
        die(session);
        check();
      }
      assertThat(book.waiting()).isEmpty();
      assertThat(free()).isEqualTo(permits);
    }

    private int free() {
      return permits - held.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void check() {
      assertThat(free()).as("permits left with %s held", held).isNotNegative();
      if (!line.isEmpty()) {
        int first = line.values().iterator().next();
        assertThat(first).as("the first of %s waits for what is there", line).isGreaterThan(free());
      }
      long[] told = {-1};
      book.ask(
          semaphore,
          1,
          SyncOperation.STATE,
          0,
          null,
          (who, status, value, none) -> told[0] = value);
      assertThat(told[0]).isEqualTo(free());
    }

    private void step() {
      int session = 1 + random.nextInt(SESSIONS);
      int kind = random.nextInt(100);
      if (kind < 4) {
        die(session);
      } else if (kind < 20) {
        @Nullable Caller tired = book.anyWaiting(random);
        if (tired != null) {
          line.remove(tired);
          semaphore.giveUp(tired, AnswerBook.anyEnd(random));
          assertThat(book.isOpen(tired)).isFalse();
        }
      } else if (kind < 60) {
        acquire(session, 1 + random.nextInt(permits));
      } else {
        release(session);
      }
    }

    private void acquire(int session, int count) {
      boolean[] answered = {false};
      boolean alone = line.isEmpty();
      Caller caller =
          book.ask(
              semaphore,
              session,
              SyncOperation.ACQUIRE,
              count,
              null,
              (who, status, value, payload) -> {
                answered[0] = true;
                if (status == Status.OK) {
                  boolean first =
                      line.isEmpty() ? alone : line.keySet().iterator().next().equals(who);
                  assertThat(first).as("%s is served before %s", who, line).isTrue();
                  line.remove(who);
                  held.merge(session, count, Integer::sum);
                }
              });
      if (!answered[0]) {
        line.put(caller, count);
      }
    }

    private void release(int session) {
      int most = held.getOrDefault(session, 0);
      if (most == 0) {
        releaseTooMany(session);
        return;
      }
      int count = 1 + random.nextInt(most);
      held.merge(session, -count, Integer::sum);
      book.ask(
          semaphore,
          session,
          SyncOperation.RELEASE,
          count,
          null,
          (who, status, value, payload) -> assertThat(status).isEqualTo(Status.OK));
    }

    /** One that is not bounded would have more from then on. */
    private void releaseTooMany(int session) {
      if (bounded) {
        book.ask(
            semaphore,
            session,
            SyncOperation.RELEASE,
            permits - free() + 1,
            null,
            (who, status, value, payload) -> assertThat(status).isEqualTo(Status.NOT_OWNER));
      }
    }

    private void die(int session) {
      held.remove(session);
      line.keySet().removeIf(caller -> caller.session() == session);
      book.close(semaphore, session);
    }
  }
}
