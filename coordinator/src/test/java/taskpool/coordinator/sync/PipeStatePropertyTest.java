package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;

/** What goes in at one end comes out at the other, in order, until an end is closed. */
class PipeStatePropertyTest {
  private static final int STEPS = 200;
  private static final int SESSIONS = 4;

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void carriesEverythingInOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int room) {
    new Run(seed, room).run();
  }

  private static final class Run {
    private final Random random;
    private final int room;
    private final AnswerBook book = new AnswerBook();
    private final PipeState pipe;

    /** What has been put at an end; that which waits for room included. */
    private final List<List<String>> put = List.of(new ArrayList<>(), new ArrayList<>());

    private final int[] taken = new int[2];
    private final Map<Caller, Integer> putting = new HashMap<>();
    private final Map<Caller, Integer> taking = new HashMap<>();
    private final Set<Integer> closedEnds = new HashSet<>();
    private boolean closed;
    private int lastItem;

    Run(long seed, int room) {
      this.random = new Random(seed);
      this.room = room;
      this.pipe = new PipeState(room, book);
    }

    /** Sessions 1 and 3 use the first end, 2 and 4 the other one. */
    private static int endOf(int session) {
      return (session + 1) % 2;
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step();
        check();
      }
      int session = 1 + random.nextInt(SESSIONS);
      closed = true;
      order(session);
      check();
      assertThat(putting).as("wait at a closed end").isEmpty();
      assertThat(taking).as("wait at a closed end").isEmpty();
    }

    private void check() {
      for (int end = 0; end < 2; end++) {
        int from = end;
        int inside = put.get(end).size() - taken[end];
        long waits = putting.values().stream().filter(e -> e == from).count();
        assertThat(inside - waits).as("in the pipe").isBetween(0L, (long) room);
        assertThat(waits == 0 || inside - waits == room).as("wait for room").isTrue();
        boolean takers = taking.containsValue(1 - end);
        assertThat(takers && inside > 0).as("wait for what is there").isFalse();
      }
      assertThat(closed && !(putting.isEmpty() && taking.isEmpty())).isFalse();
    }

    private void step() {
      int session = 1 + random.nextInt(SESSIONS);
      int kind = random.nextInt(200);
      if (kind < 1 && !closed) {
        closed = true;
        order(session);
      } else if (kind < 100) {
        put(session);
      } else {
        take(session);
      }
    }

    private void order(int session) {
      closedEnds.add(endOf(session));
      book.ask(
          pipe,
          session,
          SyncOperation.CLOSE,
          endOf(session),
          null,
          (who, status, value, payload) -> assertThat(status).isEqualTo(Status.OK));
    }

    private void put(int session) {
      int end = endOf(session);
      String item = "item " + ++lastItem;
      boolean[] answered = {false};
      put.get(end).add(item);
      Caller caller =
          book.ask(
              pipe,
              session,
              SyncOperation.PUT,
              end,
              Items.join(List.of(item.getBytes(UTF_8))),
              (who, status, value, payload) -> {
                answered[0] = true;
                putting.remove(who);
                assertThat(status == Status.CLOSED).isEqualTo(closed);
                if (status != Status.OK) {
                  put.get(end).remove(item);
                }
              });
      if (!answered[0]) {
        putting.put(caller, end);
      }
    }

    private void take(int session) {
      int end = endOf(session);
      boolean[] answered = {false};
      Caller caller =
          book.ask(
              pipe,
              session,
              SyncOperation.TAKE,
              end,
              null,
              (who, status, value, payload) -> {
                answered[0] = true;
                taking.remove(who);
                List<String> from = put.get(1 - end);
                if (status == Status.OK) {
                  String item = new String(Items.split(payload).get(0), UTF_8);
                  assertThat(item).isEqualTo(from.get(taken[1 - end]++));
                } else {
                  assertThat(status).isEqualTo(Status.CLOSED);
                  assertThat(closed).isTrue();
                  boolean own = closedEnds.contains(end);
                  assertThat(own || from.size() == taken[1 - end]).as("something is in").isTrue();
                }
              });
      if (!answered[0]) {
        taking.put(caller, end);
      }
    }
  }
}
