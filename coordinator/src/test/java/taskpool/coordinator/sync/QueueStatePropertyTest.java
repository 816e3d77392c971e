package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;

/**
 * Every item is at one place, in order: in the queue, on its way to a taker, in its hand, or done.
 * What is given in advance is another test's matter, with those that get it.
 */
class QueueStatePropertyTest {
  private static final int STEPS = 300;
  private static final int SESSIONS = 4;
  private static final int MOST = 3;

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void losesAndDoublesNothing(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 5) int capacity,
      @ForAll boolean redelivers) {
    new Run(seed, capacity, redelivers).run();
  }

  private static final class Run {
    private final Random random;
    private final int capacity;
    private final boolean redelivers;
    private final AnswerBook book = new AnswerBook();
    private final QueueState queue;

    /** What putters that wait have not got in yet, as far as is known. */
    private final Map<Caller, List<String>> putting = new LinkedHashMap<>();

    private final Set<Caller> taking = new HashSet<>();
    private final Set<Caller> joining = new HashSet<>();

    /** What has left for a taker who has not said a word about it. */
    private final Map<Caller, List<String>> delivering = new LinkedHashMap<>();

    private final Map<Integer, ArrayDeque<String>> inHand = new HashMap<>();

    /** Those that may be out of their order: they were on their way once before. */
    private final Set<String> strayed = new HashSet<>();

    private final Map<Integer, Integer> lastOf = new HashMap<>();

    /** Done, or with one that does not give it back. */
    private final Set<String> gone = new HashSet<>();

    private final Set<String> entered = new HashSet<>();
    private int done;
    private int lastItem;

    Run(long seed, int capacity, boolean redelivers) {
      this.random = new Random(seed);
      this.capacity = capacity;
      this.redelivers = redelivers;
      this.queue =
          new QueueState(
              capacity,
              redelivers,
              book,
              (session, object) -> {
                throw new AssertionError("recalls what it has not given");
              });
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
      take(SESSIONS + 1, Integer.MAX_VALUE);
      check();
      delivering.values().forEach(gone::addAll);
      assertThat(gone).isEqualTo(entered);
    }

    private void step() {
      int session = 1 + random.nextInt(SESSIONS);
      int kind = random.nextInt(100);
      if (kind < 3) {
        die(session);
      } else if (kind < 13) {
        giveUp();
      } else if (kind < 40) {
        put(session, 1 + random.nextInt(MOST));
      } else if (kind < 65) {
        take(session, 1 + random.nextInt(MOST));
      } else if (kind < 85) {
        say(kind < 80);
      } else if (kind < 95) {
        finish(session, 1 + random.nextInt(2));
      } else if (kind < 97) {
        join(session);
      } else {
        takeOut(session, kind == 99);
      }
    }

    /** Without a taker, which counts as done. */
    private void takeOut(int session, boolean all) {
      List<String> content = content();
      if (content.isEmpty()) {
        return;
      }
      String one = content.get(random.nextInt(content.size()));
      List<String> out = all ? content : List.of(one);
      gone.addAll(out);
      done = Math.min(entered.size(), done + out.size());
      book.ask(
          queue,
          session,
          all ? SyncOperation.CLEAR_ALL : SyncOperation.REMOVE,
          0,
          one.getBytes(UTF_8),
          (who, status, value, payload) -> {
            assertThat(status).isEqualTo(Status.OK);
            assertThat(value).isEqualTo(all ? 0 : 1);
          });
    }

    private List<String> content() {
      List<String> content = new ArrayList<>();
      book.ask(
          queue,
          1,
          SyncOperation.PEEK,
          Integer.MAX_VALUE,
          null,
          (who, status, value, payload) -> content.addAll(names(payload)));
      return content;
    }

    private static List<String> names(byte @Nullable [] payload) {
      return Items.split(payload).stream().map(item -> new String(item, UTF_8)).toList();
    }

    private void check() {
      List<String> content = content();
      putting.values().forEach(left -> left.removeIf(entered::contains));
      List<String> fresh =
          putting.values().stream().flatMap(List::stream).filter(content::contains).toList();
      entered.addAll(fresh);
      putting.values().forEach(left -> left.removeIf(entered::contains));

      List<String> all = new ArrayList<>(content);
      delivering.values().forEach(all::addAll);
      inHand.values().forEach(all::addAll);
      all.addAll(gone);
      assertThat(all).as("each is somewhere").containsExactlyInAnyOrderElementsOf(entered);
      boolean full = capacity > 0 && content.size() >= capacity;
      assertThat(content.size())
          .as("%s beyond the bound", content)
          .isLessThanOrEqualTo(capacity == 0 ? Integer.MAX_VALUE : capacity + strayed.size());
      assertThat(putting.isEmpty() || full).as("%s wait for room; %s", putting, content).isTrue();
      assertThat(taking.isEmpty() || content.isEmpty()).as("%s wait for items", taking).isTrue();
      assertThat(joining.isEmpty() || undone() > 0).as("%s wait for nothing", joining).isTrue();
      checkOrder(content);
    }

    private int undone() {
      return entered.size() - done;
    }

    private static int producerOf(String item) {
      return Integer.parseInt(item.substring(0, item.indexOf(':')));
    }

    private static int numberOf(String item) {
      return Integer.parseInt(item.substring(item.indexOf(':') + 1));
    }

    private void checkOrder(List<String> content) {
      Map<Integer, Integer> last = new HashMap<>();
      for (String item : content) {
        if (strayed.contains(item)) {
          assertThat(last).as("what came back is in front: %s", content).isEmpty();
        } else {
          Integer before = last.put(producerOf(item), numberOf(item));
          assertThat(before == null || before < numberOf(item)).as("%s", content).isTrue();
        }
      }
    }

    private void put(int session, int count) {
      List<String> items = new ArrayList<>();
      List<byte[]> bytes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String item = session + ":" + ++lastItem;
        items.add(item);
        bytes.add(item.getBytes(UTF_8));
      }
      boolean[] answered = {false};
      Caller caller =
          book.ask(
              queue,
              session,
              SyncOperation.PUT,
              0,
              Items.join(bytes),
              (who, status, value, payload) -> {
                answered[0] = true;
                assertThat(status == Status.OK).isEqualTo(value == items.size());
                entered.addAll(items.subList(0, (int) value));
                putting.remove(who);
              });
      if (!answered[0]) {
        putting.put(caller, new ArrayList<>(items));
      }
    }

    private void take(int session, int most) {
      boolean[] answered = {false};
      Caller caller =
          book.ask(
              queue,
              session,
              SyncOperation.TAKE,
              most,
              null,
              (who, status, value, payload) -> {
                answered[0] = true;
                taking.remove(who);
                List<String> items = names(payload);
                if (status == Status.OK) {
                  assertThat(items).hasSizeBetween(1, most).hasSize((int) value);
                  leave(who, items);
                } else {
                  assertThat(items).isEmpty();
                }
              });
      if (!answered[0]) {
        taking.add(caller);
      }
    }

    private void leave(Caller taker, List<String> items) {
      entered.addAll(items); // what goes straight through is not seen in the queue
      for (String item : items) {
        if (!strayed.contains(item)) {
          int last = lastOf.getOrDefault(producerOf(item), 0);
          assertThat(numberOf(item)).as("of %s", items).isGreaterThan(last);
          lastOf.put(producerOf(item), numberOf(item));
        }
      }
      delivering.put(taker, items);
    }

    /** A taker says what became of items that have left for it. */
    private void say(boolean taken) {
      List<Caller> all = new ArrayList<>(delivering.keySet());
      if (all.isEmpty()) {
        return;
      }
      Caller taker = all.get(random.nextInt(all.size()));
      List<String> items = delivering.remove(taker);
      SyncOperation operation = taken ? SyncOperation.TAKEN : SyncOperation.PUT_BACK;
      if (!taken) {
        strayed.addAll(items);
      } else if (redelivers) {
        inHand.computeIfAbsent(taker.session(), id -> new ArrayDeque<>()).addAll(items);
      } else {
        gone.addAll(items);
      }
      book.tell(queue, taker.session(), operation, taker.request(), null);
    }

    private void finish(int session, int count) {
      ArrayDeque<String> held = inHand.getOrDefault(session, new ArrayDeque<>());
      content();
      check();
      boolean can = count <= undone() && (!redelivers || count <= held.size());
      if (can) {
        done += count;
      }
      for (int i = 0; can && redelivers && i < count; i++) {
        gone.add(held.remove());
      }
      book.ask(
          queue,
          session,
          SyncOperation.TASK_DONE,
          count,
          null,
          (who, status, value, payload) ->
              assertThat(status).isEqualTo(can ? Status.OK : Status.NOT_OWNER));
    }

    private void join(int session) {
      boolean[] answered = {false};
      Caller caller =
          book.ask(
              queue,
              session,
              SyncOperation.JOIN,
              0,
              null,
              (who, status, value, payload) -> {
                answered[0] = true;
                joining.remove(who);
                assertThat(status == Status.OK && undone() > 0)
                    .as("%d are not done", undone())
                    .isFalse();
              });
      if (!answered[0]) {
        joining.add(caller);
      }
    }

    private void giveUp() {
      Caller tired = book.anyWaiting(random);
      if (tired != null) {
        queue.giveUp(tired, AnswerBook.anyEnd(random));
        assertThat(book.isOpen(tired)).isFalse();
      }
    }

    private void die(int session) {
      delivering.forEach(
          (taker, items) -> {
            if (taker.session() == session) {
              strayed.addAll(items);
            }
          });
      delivering.keySet().removeIf(taker -> taker.session() == session);
      ArrayDeque<String> held = inHand.remove(session);
      if (held != null) {
        strayed.addAll(held);
      }
      putting.keySet().removeIf(caller -> caller.session() == session);
      taking.removeIf(caller -> caller.session() == session);
      joining.removeIf(caller -> caller.session() == session);
      book.close(queue, session);
    }
  }
}
