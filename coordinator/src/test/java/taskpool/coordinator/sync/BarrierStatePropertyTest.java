package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;

/** All parties of a round go on, each with an index of its own, or none does. */
class BarrierStatePropertyTest {
  private static final int STEPS = 300;
  private static final int SESSIONS = 4;

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void letsAllGoOnOrNone(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int parties,
      @ForAll boolean withAction) {
    new Run(seed, parties, withAction).run();
  }

  private static final class Run {
    private final Random random;
    private final int parties;
    private final AnswerBook book = new AnswerBook();
    private final BarrierState barrier;
    private final Set<Caller> arrived = new LinkedHashSet<>();

    /** The indexes that were given out in this step. */
    private final List<Long> indexes = new ArrayList<>();

    private @Nullable Caller acting;

    /** Those who wait for its action. */
    private List<Caller> met = List.of();

    private boolean broken;

    /** When the action has run; those who have met go on. */
    private boolean brokenNext;

    private boolean toldBroken;

    Run(long seed, int parties, boolean withAction) {
      this.random = new Random(seed);
      this.parties = parties;
      this.barrier = new BarrierState(parties, new byte[withAction ? 1 : 0], book);
      for (int session = 1; session <= SESSIONS; session++) {
        barrier.opened(session, "process " + session, 0);
      }
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        indexes.clear();
        toldBroken = false;
        step();
        check();
      }
      for (int session = 1; session <= SESSIONS; session++) {
        die(session);
      }
      assertThat(book.waiting()).isEmpty();
    }

    private void check() {
      if (!indexes.isEmpty()) {
        assertThat(indexes)
            .as("of one round")
            .containsExactlyInAnyOrderElementsOf(LongStream.range(0, parties).boxed().toList());
        assertThat(toldBroken).as("only some go on").isFalse();
      }
      if (broken) {
        assertThat(arrived).as("wait for a broken barrier").isEmpty();
        assertThat(acting).isNull();
      }
      assertThat(acting == null && arrived.size() >= parties)
          .as("%s wait, and have all come", arrived)
          .isFalse();
      book.ask(
          barrier,
          1,
          SyncOperation.STATE,
          0,
          null,
          (who, status, value, payload) -> {
            assertThat(status).isEqualTo(broken ? Status.BROKEN : Status.OK);
            assertThat(value).isEqualTo(arrived.size());
          });
    }

    private void step() {
      int session = 1 + random.nextInt(SESSIONS);
      int kind = random.nextInt(100);
      if (kind < 3) {
        die(session);
      } else if (kind < 6) {
        giveUp();
      } else if (kind < 9) {
        breakIt();
        order(session, SyncOperation.ABORT);
      } else if (broken ? kind < 40 : kind < 12) {
        arrived.clear();
        acting = null;
        order(session, SyncOperation.RESET);
        broken = false;
        brokenNext = false;
      } else if (acting != null && kind < 60) {
        endAction(acting, kind < 20);
      } else {
        arrive(session);
      }
    }

    private void order(int session, SyncOperation operation) {
      book.ask(
          barrier,
          session,
          operation,
          0,
          null,
          (who, status, value, payload) -> assertThat(status).isEqualTo(Status.OK));
    }

    private void arrive(int session) {
      boolean before = broken || brokenNext;
      boolean[] answered = {false};
      Caller caller =
          book.ask(
              barrier,
              session,
              SyncOperation.AWAIT,
              0,
              null,
              (who, status, value, payload) -> {
                answered[0] = true;
                told(who, status, value);
              });
      if (!answered[0]) {
        arrived.add(caller);
      }
      assertThat(before && !answered[0]).as("waits for a broken barrier").isFalse();
    }

    private void told(Caller who, Status status, long value) {
      arrived.remove(who);
      switch (status) {
        case OK -> {
          assertThat(broken).as("%s goes on", who).isFalse();
          indexes.add(value);
        }
        case RUN_ACTION -> {
          assertThat(acting).as("%s is to run the action too", who).isNull();
          acting = who;
          met = arrived.stream().limit(parties - 1).toList();
        }
        case BROKEN -> toldBroken = true;
        default -> assertThat(status).isIn(Status.TIMED_OUT, Status.WITHDRAWN);
      }
    }

    private void endAction(Caller actor, boolean fails) {
      acting = null;
      if (fails) {
        breakIt();
      }
      boolean breaks = brokenNext;
      byte[] why = fails ? "no".getBytes(UTF_8) : new byte[0];
      book.ask(
          barrier,
          actor.session(),
          SyncOperation.ACTION_ENDED,
          actor.request(),
          why,
          (who, status, value, payload) -> {
            assertThat(status).isEqualTo(fails ? Status.BROKEN : Status.OK);
            told(who, status, value);
          });
      if (breaks) {
        breakIt();
      }
    }

    private void breakIt() {
      broken = true;
      brokenNext = false;
      arrived.clear();
      acting = null;
    }

    /** For those who have not met. */
    private void breakForOthers() {
      if (acting == null) {
        breakIt();
      } else {
        brokenNext = true;
        arrived.retainAll(met);
      }
    }

    private void giveUp() {
      Caller tired = book.anyWaiting(random);
      if (tired != null) {
        boolean allHaveCome = acting != null && met.contains(tired);
        if (!allHaveCome) {
          breakForOthers();
        }
        barrier.giveUp(tired, AnswerBook.anyEnd(random));
        assertThat(book.isOpen(tired)).isEqualTo(allHaveCome);
      }
    }

    private void die(int session) {
      boolean acts = acting != null && acting.session() == session;
      boolean waits = arrived.stream().anyMatch(caller -> caller.session() == session);
      boolean hasMet = acting != null && met.stream().anyMatch(c -> c.session() == session);
      if (acts || hasMet) {
        breakIt();
      } else if (waits) {
        breakForOthers();
      }
      book.close(barrier, session);
      barrier.opened(session, "process " + session, 0);
    }
  }
}
