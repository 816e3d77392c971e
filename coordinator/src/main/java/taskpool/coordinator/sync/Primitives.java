package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncOpening;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** Every primitive by name, and every request that waits for one. Confined to the coordinator. */
public final class Primitives {

  /** Where replies go. */
  public interface Replies {
    void reply(int session, SyncReply reply);
  }

  /** What is done about those who wait for one another. */
  public interface Deadlocks {
    /** Whether the one that closed this circle is to stop waiting. */
    boolean breakDeadlock(String circle);
  }

  /** So long a recall is waited for: much longer than a live process needs for an answer. */
  private static final long RECALL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Deadline(Caller caller, long atNanos, long number) {}

  /** A request that waits, for a limited time or not. */
  private record Wait(Primitive primitive, @Nullable Deadline deadline) {}

  private final Replies replies;
  private final Deadlocks deadlocks;
  private final Map<String, Primitive> byName = new HashMap<>();

  /** By session, and by the numbers that it gave them. */
  private final Map<Integer, Map<Integer, Primitive>> opened = new HashMap<>();

  private final WaitGraph graph = new WaitGraph();
  private final Map<Caller, Wait> waiting = new HashMap<>();
  private final TreeSet<Deadline> deadlines = new TreeSet<>(Primitives::compare);
  private long lastDeadline;

  /** Recalls that have not been answered, by session and the object's negative number. */
  private final Map<Caller, Deadline> recalls = new HashMap<>();

  /** When the last event was. */
  private long nowNanos;

  public Primitives(Replies replies, Deadlocks deadlocks) {
    this.replies = replies;
    this.deadlocks = deadlocks;
  }

  private static int compare(Deadline one, Deadline other) {
    long difference = one.atNanos - other.atNanos;
    return Long.signum(difference == 0 ? one.number - other.number : difference);
  }

  /** A client asks something; it is answered now or later, once. */
  public void request(int session, SyncRequest request, long nowNanos) {
    this.nowNanos = nowNanos;
    Caller caller = new Caller(session, request.id());
    switch (request.operation()) {
      case OPEN -> open(caller, request);
      case STORE, HANDED, RETURN, GIVE_BACK, TAKEN, PUT_BACK, GIVEN, PARTY_ENDED, PARTY_DIED ->
          told(caller, request);
      case WAITS_LONG -> waitsLong(caller, request);
      case WITHDRAW -> withdraw(new Caller(session, request.argument()));
      default -> handle(caller, request);
    }
  }

  private void open(Caller caller, SyncRequest request) {
    SyncOpening opening = SyncOpening.decode(request.payload()).orElse(null);
    if (opening == null) {
      refuse(caller, "no kind of primitive");
      return;
    }
    Primitive primitive;
    try {
      primitive =
          byName.computeIfAbsent(
              opening.kind() + " " + opening.name(), key -> make(opening, request.argument()));
    } catch (OutOfMemoryError e) { // of its elements at once: nothing else is harmed
      primitive =
          new NotMade(
              this::answer, "the coordinator's memory does not suffice for it: " + e.getMessage());
    }
    opened
        .computeIfAbsent(caller.session(), id -> new HashMap<>())
        .put(request.object(), primitive);
    primitive.opened(caller.session(), opening.process(), opening.party());
  }

  private Primitive make(SyncOpening opening, long parameter) {
    int number = (int) Math.max(0, Math.min(Integer.MAX_VALUE, parameter));
    return switch (opening.kind()) {
      case LOCK -> new LockState("lock \"" + opening.name() + "\"", false, this::answer);
      case REENTRANT_LOCK -> new LockState("lock \"" + opening.name() + "\"", true, this::answer);
      case SEMAPHORE -> new SemaphoreState(number, false, this::answer);
      case BOUNDED_SEMAPHORE -> new SemaphoreState(number, true, this::answer);
      case EVENT -> new EventState(this::answer);
      case LATCH -> new LatchState(number, this::answer);
      case BARRIER -> new BarrierState(number, opening.initial(), this::answer);
      case QUEUE -> new QueueState(number, false, this::answer, new Recalls());
      case REDELIVERING_QUEUE -> new QueueState(number, true, this::answer, new Recalls());
      case PIPE -> new PipeState(number, this::answer);
      case VALUE -> new DictState(Optional.of(opening.initial()), this::answer);
      case ARRAY -> new ListState(Collections.nCopies(number, opening.initial()), this::answer);
      case LIST -> new ListState(List.of(), this::answer);
      case DICT -> new DictState(Optional.empty(), this::answer);
    };
  }

  private @Nullable Primitive find(int session, int object) {
    return opened.getOrDefault(session, Map.of()).get(object);
  }

  private void handle(Caller caller, SyncRequest request) {
    Primitive primitive = find(caller.session(), request.object());
    if (primitive == null) {
      refuse(caller, "it has not been opened");
      return;
    }
    waiting.put(caller, new Wait(primitive, null));
    primitive.handle(caller, request);
    if (!waiting.containsKey(caller)) {
      return;
    }
    if (request.timeoutNanos() == 0) {
      primitive.giveUp(caller, Status.TIMED_OUT);
    } else if (request.timeoutNanos() > 0) {
      waiting.put(caller, new Wait(primitive, deadline(caller, request.timeoutNanos())));
    }
  }

  private Deadline deadline(Caller caller, long afterNanos) {
    Deadline deadline = new Deadline(caller, nowNanos + afterNanos, ++lastDeadline);
    deadlines.add(deadline);
    return deadline;
  }

  private void told(Caller caller, SyncRequest request) {
    Primitive primitive = find(caller.session(), request.object());
    if (request.operation() == SyncOperation.RETURN) {
      forgetRecall(new Caller(caller.session(), -request.object()));
    }
    if (primitive != null) {
      primitive.told(caller, request);
    }
  }

  /** The answer to no request: its number is the object's, and negative. */
  private final class Recalls implements Advances.Recall {
    @Override
    public void recall(int session, int object) {
      awaitAgain(session, object);
      replies.reply(session, new SyncReply(-object, Status.RECALLED, 0, null));
    }

    @Override
    public void awaitAgain(int session, int object) {
      Caller recalled = new Caller(session, -object);
      recalls.put(recalled, deadline(recalled, RECALL_NANOS));
    }
  }

  private void recallIsLate(int session, int object) {
    Primitive primitive = find(session, object);
    if (primitive != null) {
      primitive.recallIsLate(session);
    }
  }

  private void forgetRecall(Caller recalled) {
    Deadline deadline = recalls.remove(recalled);
    if (deadline != null) {
      deadlines.remove(deadline);
    }
  }

  /** Answers with the circle that it waits in, if it does. */
  private void waitsLong(Caller caller, SyncRequest request) {
    Caller waiter = new Caller(caller.session(), request.argument());
    Wait wait = waiting.get(waiter);
    byte[] who = request.payload();
    if (wait != null && wait.primitive instanceof LockState lock && who != null) {
      graph.add(waiter, lock, new String(who, UTF_8));
    }
    Optional<String> circle = graph.circleOf(waiter).filter(deadlocks::breakDeadlock);
    Status status = circle.isPresent() ? Status.DEADLOCK : Status.OK;
    byte[] text = circle.orElse("").getBytes(UTF_8);
    replies.reply(caller.session(), new SyncReply(caller.request(), status, 0, text));
  }

  private void refuse(Caller caller, String why) {
    waiting.remove(caller);
    replies.reply(
        caller.session(), new SyncReply(caller.request(), Status.REFUSED, 0, why.getBytes(UTF_8)));
  }

  private void answer(Caller caller, Status status, long value, byte @Nullable [] payload) {
    Wait wait = waiting.remove(caller);
    if (wait == null) {
      throw new IllegalStateException("answered twice: " + caller);
    }
    if (wait.deadline != null) {
      deadlines.remove(wait.deadline);
    }
    graph.remove(caller);
    replies.reply(caller.session(), new SyncReply(caller.request(), status, value, payload));
  }

  /** Its answer may be on the way already, and then it is the answer. */
  private void withdraw(Caller caller) {
    Wait wait = waiting.get(caller);
    if (wait != null) {
      wait.primitive.giveUp(caller, Status.WITHDRAWN);
    }
  }

  /** Ends the waits whose time is over. */
  public void tick(long nowNanos) {
    this.nowNanos = nowNanos;
    while (!deadlines.isEmpty() && deadlines.first().atNanos - nowNanos <= 0) {
      Caller late = deadlines.pollFirst().caller;
      Wait wait = waiting.get(late);
      if (wait != null) {
        wait.primitive.giveUp(late, Status.TIMED_OUT);
      } else if (recalls.remove(late) != null) {
        recallIsLate(late.session(), (int) -late.request());
      }
    }
  }

  /** When {@link #tick} has something to do; empty if nothing waits for a limited time. */
  public OptionalLong nextDeadlineNanos() {
    return deadlines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(deadlines.first().atNanos);
  }

  /** A client is gone: what it waited for is forgotten, what it held is freed. */
  public void sessionClosed(int session, long nowNanos) {
    this.nowNanos = nowNanos;
    for (Caller recalled : List.copyOf(recalls.keySet())) {
      if (recalled.session() == session) {
        forgetRecall(recalled);
      }
    }
    for (Map.Entry<Caller, Wait> waits : List.copyOf(waiting.entrySet())) {
      if (waits.getKey().session() == session) {
        waiting.remove(waits.getKey());
        graph.remove(waits.getKey());
        Deadline deadline = waits.getValue().deadline;
        if (deadline != null) {
          deadlines.remove(deadline);
        }
      }
    }
    Map<Integer, Primitive> known = opened.remove(session);
    if (known != null) {
      known.values().stream().distinct().forEach(primitive -> primitive.sessionClosed(session));
    }
  }

  /** Whether nobody waits. */
  public boolean isIdle() {
    return waiting.isEmpty();
  }
}
