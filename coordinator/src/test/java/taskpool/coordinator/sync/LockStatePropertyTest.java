package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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
import taskpool.coordinator.sync.LockState.Owner;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;

/** One owner, tokens that grow, and nobody who waits for a lock that is free. */
class LockStatePropertyTest {
  private static final int STEPS = 300;
  private static final int SESSIONS = 3;
  private static final int THREADS = 2;

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void hasOneOwnerAtATime(
      @ForAll long seed,
      @ForAll boolean reentrant,
      @ForAll @IntRange(min = 1, max = 2) int conditions) {
    new Run(seed, reentrant, conditions).run();
  }

  /** Threads that do one thing after the other, and what is known of them from outside. */
  private static final class Run {
    private final Random random;
    private final boolean reentrant;
    private final int conditions;
    private final AnswerBook book = new AnswerBook();
    private final LockState lock;

    /** Those that wait for the lock, in their order; how often they will own it. */
    private final Map<Caller, Owner> line = new LinkedHashMap<>();

    /** Those that wait for a condition, by its number. */
    private final Map<Integer, Map<Caller, Owner>> onConditions = new HashMap<>();

    private final Map<Owner, Integer> holdsBefore = new HashMap<>();
    private final Set<Owner> busy = new HashSet<>();

    /** How the wait of one for a condition has ended, as long as it has not got the lock. */
    private final Map<Caller, Status> ended = new HashMap<>();

    private @Nullable Owner owner;
    private int holds;
    private long token;
    private boolean ownerDied;

    Run(long seed, boolean reentrant, int conditions) {
      this.random = new Random(seed);
      this.reentrant = reentrant;
      this.conditions = conditions;
      this.lock = new LockState("it", reentrant, book);
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step();
        assertThat(lock.owner()).isEqualTo(owner);
        assertThat(owner == null && !line.isEmpty()).as("%s wait for nobody", line).isFalse();
        long awaited = onConditions.values().stream().filter(all -> !all.isEmpty()).count();
        assertThat(lock.conditions()).isEqualTo((int) awaited);
      }
      for (int session = 1; session <= SESSIONS; session++) {
        die(session);
      }
      assertThat(book.waiting()).isEmpty();
      assertThat(lock.owner()).isNull();
    }

    private void step() {
      int kind = random.nextInt(100);
      Owner thread = anyThread();
      if (kind < 3) {
        die(thread.session());
      } else if (kind < 15) {
        Caller tired = book.anyWaiting(random);
        if (tired != null) {
          giveUp(tired, AnswerBook.anyEnd(random));
        }
      } else if (busy.contains(thread)) {
        return; // it waits
      } else if (kind < 50) {
        acquire(thread);
      } else if (kind < 80) {
        release(owner != null && kind < 75 ? owner : thread);
      } else if (kind < 90) {
        await(owner != null && kind < 88 ? owner : thread, random.nextInt(conditions));
      } else {
        signal(owner != null ? owner : thread, random.nextInt(conditions), 1 + random.nextInt(2));
      }
    }

    private Owner anyThread() {
      return new Owner(1 + random.nextInt(SESSIONS), 1 + random.nextInt(THREADS));
    }

    private void acquire(Owner thread) {
      if (!reentrant && thread.equals(owner)) {
        return; // it would wait for itself
      }
      busy.add(thread);
      boolean again = thread.equals(owner);
      boolean free = owner == null;
      Map<Caller, Owner> mine = new HashMap<>();
      Caller caller =
          book.ask(
              lock,
              thread.session(),
              SyncOperation.ACQUIRE,
              thread.thread(),
              null,
              (who, status, value, payload) -> {
                if (again) {
                  busy.remove(thread);
                  holds++;
                  assertThat(status).isEqualTo(Status.OK);
                  assertThat(value).isEqualTo(token);
                  assertThat(payload).isNull();
                } else {
                  if (free) {
                    line.put(who, thread); // it is answered before it is known to wait
                  }
                  answered(who, thread, status, value, payload);
                }
                mine.put(who, thread);
              });
      if (mine.isEmpty()) {
        line.put(caller, thread);
      }
      assertThat(mine.isEmpty()).isEqualTo(!again && !free);
    }

    /** One has the lock, or does not want it any more. */
    private void answered(
        Caller caller, Owner thread, Status status, long value, byte @Nullable [] payload) {
      busy.remove(thread);
      Caller first = line.keySet().iterator().next();
      assertThat(line.remove(caller)).isEqualTo(thread);
      if (status == Status.OK || ended.containsKey(caller)) {
        assertThat(caller).as("in their order").isEqualTo(first);
        assertThat(owner).as("%s gets it too", thread).isNull();
        assertThat(value).isGreaterThan(token);
        assertThat(status).isEqualTo(ended.getOrDefault(caller, Status.OK));
        assertThat(payload != null).as("told that the owner died").isEqualTo(ownerDied);
        ended.remove(caller);
        owner = thread;
        holds = holdsBefore.getOrDefault(thread, 1);
        holdsBefore.remove(thread);
        token = value;
        ownerDied = false;
      }
    }

    private void release(Owner thread) {
      boolean owns = thread.equals(owner);
      boolean passesOn = random.nextInt(10) == 0;
      if (owns && --holds == 0) {
        owner = null;
        ownerDied = passesOn;
      }
      book.ask(
          lock,
          thread.session(),
          SyncOperation.RELEASE,
          thread.thread(),
          passesOn ? new byte[1] : null,
          (who, status, value, payload) ->
              assertThat(status).isEqualTo(owns ? Status.OK : Status.NOT_OWNER));
    }

    private static byte[] condition(int number, int most) {
      byte[] name = ("c" + number).getBytes(UTF_8);
      return ByteBuffer.allocate(Integer.BYTES + name.length).putInt(most).put(name).array();
    }

    private void await(Owner thread, int condition) {
      boolean owns = thread.equals(owner);
      if (owns) {
        busy.add(thread);
        holdsBefore.put(thread, holds);
        owner = null;
      }
      Caller caller =
          book.ask(
              lock,
              thread.session(),
              SyncOperation.AWAIT_CONDITION,
              thread.thread(),
              condition(condition, 0),
              (who, status, value, payload) -> {
                if (owns) {
                  answered(who, thread, status, value, payload);
                } else {
                  assertThat(status).isEqualTo(Status.NOT_OWNER);
                }
              });
      assertThat(book.isOpen(caller)).isEqualTo(owns);
      if (owns) {
        onConditions.computeIfAbsent(condition, c -> new LinkedHashMap<>()).put(caller, thread);
      }
    }

    private void signal(Owner thread, int condition, int most) {
      boolean owns = thread.equals(owner);
      Map<Caller, Owner> waiters = onConditions.getOrDefault(condition, Map.of());
      List<Caller> first = waiters.keySet().stream().limit(owns ? most : 0).toList();
      for (Caller next : new ArrayList<>(first)) {
        line.put(next, waiters.remove(next));
        ended.put(next, Status.OK);
      }
      book.ask(
          lock,
          thread.session(),
          SyncOperation.NOTIFY,
          thread.thread(),
          condition(condition, most),
          (who, status, value, payload) -> {
            assertThat(status).isEqualTo(owns ? Status.OK : Status.NOT_OWNER);
            assertThat(value).isEqualTo(first.size());
          });
    }

    private void giveUp(Caller caller, Status end) {
      for (Map<Caller, Owner> waiters : onConditions.values()) {
        Owner thread = waiters.remove(caller);
        if (thread != null) {
          line.put(caller, thread);
          ended.put(caller, end);
        }
      }
      boolean mayStay = ended.containsKey(caller);
      lock.giveUp(caller, end);
      assertThat(book.isOpen(caller) && !mayStay).as("%s has to wait", caller).isFalse();
    }

    private void die(int session) {
      if (owner != null && owner.session() == session) {
        owner = null;
        ownerDied = true;
      }
      line.keySet().removeIf(caller -> caller.session() == session);
      onConditions.values().forEach(all -> all.keySet().removeIf(c -> c.session() == session));
      busy.removeIf(thread -> thread.session() == session);
      holdsBefore.keySet().removeIf(thread -> thread.session() == session);
      ended.keySet().removeIf(caller -> caller.session() == session);
      book.close(lock, session);
    }
  }
}
