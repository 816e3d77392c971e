package taskpool.coordinator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Who took first comes first. */
    private final Map<Integer, Integer> held = new LinkedHashMap<>();

    /** How many more there are than at first, of one that is not bounded. */
    private int more;

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
      assertThat(free()).isGreaterThanOrEqualTo(permits);
    }

    private int free() {
      return permits + more - held.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void check() {
      assertThat(free()).as("permits left with %s held", held).isNotNegative();
      assertThat(bounded && more > 0).as("more than at first").isFalse();
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
      int most = held.values().stream().mapToInt(Integer::intValue).sum();
      if (most == 0) {
        releaseTooMany(session);
        return;
      }
      int count = 1 + random.nextInt(most);
      giveBack(session, count);
      book.ask(
          semaphore,
          session,
          SyncOperation.RELEASE,
          count,
          null,
          (who, status, value, payload) -> assertThat(status).isEqualTo(Status.OK));
    }

    /** First its own ones, then those of who took first. */
    private void giveBack(int session, int count) {
      int left = count;
      List<Integer> order = new ArrayList<>(held.keySet());
      order.remove(Integer.valueOf(session));
      order.add(0, session);
      for (int each : order) {
        int back = Math.min(left, held.getOrDefault(each, 0));
        held.merge(each, -back, Integer::sum);
        held.remove(each, 0);
        left -= back;
      }
    }

    private void releaseTooMany(int session) {
      more += bounded ? 0 : 1;
      book.ask(
          semaphore,
          session,
          SyncOperation.RELEASE,
          1,
          null,
          (who, status, value, payload) ->
              assertThat(status).isEqualTo(bounded ? Status.NOT_OWNER : Status.OK));
    }

    /** What it has taken returns, but no more than there were at first. */
    private void die(int session) {
      int returned = held.getOrDefault(session, 0);
      held.remove(session);
      more -= Math.min(more, returned);
      line.keySet().removeIf(caller -> caller.session() == session);
      book.close(semaphore, session);
    }
  }
}
