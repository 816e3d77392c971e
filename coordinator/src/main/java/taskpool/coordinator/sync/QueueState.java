package taskpool.coordinator.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * A queue, bounded or not. Items leave in the order in which they came, to takers in the order in
 * which those came. Those on their way to a taker that dies before it has them go to the next one;
 * if it redelivers, so do those that a taker has and has not done. Counts what is not done, for
 * {@code join}. Confined to the coordinator.
 */
/*
 * Design notes. A session that is alone on its side gets room or items in advance (Advances), so
 * that most puts and takes are no question. What others can see is as if there were no such thing:
 * whoever might see a difference has to wait until the advances have been recalled. So a request
 * that looks at the items is deferred while any session has some in advance (its own too: they may
 * still be on their way to another thread, and come before what it would get), and one that can't
 * have its wish does not give up while a recall is on. Who does not answer a recall for long, as its
 * process is suspended, is late: what it has counts as taken until it answers or dies.
 */
final class QueueState implements Primitive {

  /** Puts items in, or wants room for some. Its first items may be in already. */
  private static final class Putter {
    final Caller caller;
    final int object;
    final ArrayDeque<byte[]> left;
    final long wanted;
    int entered;

    Putter(Caller caller, SyncRequest request) {
      this.caller = caller;
      this.object = request.object();
      this.wanted = request.operation() == SyncOperation.RESERVE ? request.argument() : 0;
      this.left = new ArrayDeque<>(wanted > 0 ? List.of() : Items.split(request.payload()));
    }
  }

  private record Taker(Caller caller, int object, long most, int ahead) {
    static Taker of(Caller caller, SyncRequest request) {
      long most = request.argument() & Integer.MAX_VALUE;
      int ahead = (int) (request.argument() >>> Integer.SIZE);
      return new Taker(caller, request.object(), Math.max(1, most), ahead);
    }
  }

  private static final ArrayDeque<byte[]> NONE = new ArrayDeque<>(0);

  /** So much is given in advance at most. */
  private static final int AHEAD_BYTES = 64 * 1024;

  private final Answers answers;

  /** 0 if there is no bound. */
  private final int capacity;

  private final boolean redelivers;

  private final ArrayDeque<byte[]> items = new ArrayDeque<>();
  private final WaitLine<Putter> putters = new WaitLine<>();
  private final WaitLine<Taker> takers = new WaitLine<>();
  private final WaitLine<Caller> joiners = new WaitLine<>();

  private final Advances advances;
  private final Side producers = new Side();
  private final Side consumers = new Side();

  /** Requests that look at the items, until the advances are back. */
  private final Map<Caller, SyncRequest> deferred = new LinkedHashMap<>();

  /** Who wants to give up while a recall is on, and how. */
  private final Map<Caller, Status> givingUp = new LinkedHashMap<>();

  /** Items that have left and of which it is not known whether they arrived, by session. */
  private final Map<Integer, Map<Long, List<byte[]>>> delivering = new HashMap<>();

  /** Items that have arrived and are not done, by session; of a queue that redelivers. */
  private final Map<Integer, ArrayDeque<byte[]>> inHand = new HashMap<>();

  private long undone;
  private boolean closed;

  QueueState(int capacity, boolean redelivers, Answers answers, Advances.Recall recall) {
    this.capacity = capacity;
    this.redelivers = redelivers;
    this.answers = answers;
    this.advances = new Advances(recall);
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    advances.heard(caller.session());
    switch (request.operation()) {
      case PUT, RESERVE -> {
        producers.asks(caller.session());
        putters.add(caller, new Putter(caller, request));
        move();
      }
      case TASK_DONE -> taskDone(caller, request.argument());
      case JOIN -> {
        if (undone == 0) {
          answers.ok(caller);
        } else {
          joiners.add(caller, caller);
        }
      }
      case TAKE, PEEK, REMOVE, CLEAR_ALL, STATE -> {
        if (request.operation() == SyncOperation.TAKE) {
          consumers.asks(caller.session());
        }
        if (advances.items() > 0 || !deferred.isEmpty()) {
          deferred.put(caller, request);
          advances.recallAll();
        } else {
          look(caller, request);
          move();
        }
      }
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  /** Call {@link #move} afterwards. */
  private void look(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case TAKE -> takers.add(caller, Taker.of(caller, request));
      case PEEK -> {
        List<byte[]> first = items.stream().limit(request.argument()).toList();
        answers.answer(caller, Status.OK, first.size(), Items.join(first));
      }
      case REMOVE -> {
        boolean removed = Items.remove(items, request.argument(), request.payload());
        answers.ok(caller, removed ? 1 : 0);
        done(removed ? 1 : 0);
      }
      case CLEAR_ALL -> {
        answers.ok(caller);
        int cleared = items.size();
        items.clear();
        done(cleared);
      }
      default -> answers.answer(caller, Status.OK, items.size(), capacity);
    }
  }

  /** Lets in what waits while there is room, and out while there are takers. */
  private void move() {
    boolean moved = true;
    while (moved) {
      boolean in = letIn();
      boolean out = letOut();
      moved = in || out;
    }
    boolean roomIsMissing = putters.first(this::mayEnter) != null && advances.room() > 0;
    boolean itemsAreMissing = !takers.isEmpty() && advances.items() > 0;
    if (roomIsMissing || itemsAreMissing) {
      advances.recallAll();
    }
  }

  private boolean letIn() {
    Putter next = putters.first(this::mayEnter);
    if (next == null) {
      return false;
    }
    if (closed) {
      putters.remove(next.caller);
      answers.answer(next.caller, Status.CLOSED, next.entered);
      return true;
    }
    return next.wanted > 0 ? giveRoom(next) : letIn(next);
  }

  /** Not one that gets room while its answer to a recall is on its way: which would that mean? */
  private boolean mayEnter(Putter putter) {
    return putter.wanted == 0 || !advances.isLate(putter.caller.session());
  }

  private long free() {
    long taken = items.size() + advances.items() + advances.room();
    return capacity == 0 ? Long.MAX_VALUE : capacity - taken;
  }

  /** More than asked for only to one that is alone, or if there is no bound. */
  private boolean giveRoom(Putter next) {
    long free = free();
    if (free <= 0 || advances.isRecalling()) {
      return false;
    }
    int session = next.caller.session();
    boolean exact = capacity > 0 && (!producers.isOnly(session) || putters.size() > 1);
    long room = exact ? 1 : Math.min(next.wanted, Math.max(1, free / 2));
    putters.remove(next.caller);
    advances.giveRoom(session, next.object, room);
    answers.ok(next.caller, room);
    return true;
  }

  private boolean letIn(Putter next) {
    int before = next.entered;
    while (!next.left.isEmpty() && free() > 0) {
      items.add(next.left.remove());
      next.entered++;
      undone++;
    }
    if (next.left.isEmpty()) {
      putters.remove(next.caller);
      answers.ok(next.caller, next.entered);
      return true;
    }
    return next.entered > before;
  }

  private boolean letOut() {
    Taker next = items.isEmpty() && !closed ? null : takers.poll();
    if (next == null) {
      return false;
    }
    if (items.isEmpty()) {
      answers.answer(next.caller, Status.CLOSED, 0);
      return true;
    }
    List<byte[]> leaving = new ArrayList<>();
    while (!items.isEmpty() && leaving.size() < next.most) {
      leaving.add(items.remove());
    }
    int session = next.caller.session();
    delivering
        .computeIfAbsent(session, id -> new LinkedHashMap<>())
        .put(next.caller.request(), List.copyOf(leaving));
    List<byte[]> ahead = ahead(next);
    advances.giveItems(session, next.object, ahead);
    int asked = leaving.size();
    leaving.addAll(ahead);
    answers.answer(next.caller, Status.OK, asked, Items.join(leaving));
    return true;
  }

  /** What a taker gets in advance: something if it is alone, and nobody is about to look. */
  private List<byte[]> ahead(Taker taker) {
    List<byte[]> ahead = new ArrayList<>();
    boolean alone =
        takers.isEmpty()
            && consumers.isOnly(taker.caller.session())
            && deferred.isEmpty()
            && givingUp.isEmpty()
            && !redelivers
            && !advances.isRecalling()
            && !advances.isLate(taker.caller.session());
    long bytes = 0;
    while (alone && ahead.size() < taker.ahead && !items.isEmpty()) {
      bytes += items.element().length;
      if (bytes > AHEAD_BYTES) {
        break;
      }
      ahead.add(items.remove());
    }
    return ahead;
  }

  private void taskDone(Caller caller, long count) {
    ArrayDeque<byte[]> held = inHand.getOrDefault(caller.session(), NONE);
    if (count > undone || (redelivers && count > held.size())) {
      answers.answer(caller, Status.NOT_OWNER, undone);
      return;
    }
    for (int i = 0; redelivers && i < count; i++) {
      held.remove();
    }
    answers.ok(caller);
    done(count);
  }

  private void done(long count) {
    undone = Math.max(0, undone - count); // some may have been said to be done while they were in
    if (undone == 0) {
      joiners.removeAll().forEach(answers::ok);
    }
  }

  @Override
  public void told(Caller caller, SyncRequest request) {
    int session = caller.session();
    switch (request.operation()) {
      case STORE -> {
        List<byte[]> stored = Items.split(request.payload());
        advances.fill(session, stored.size());
        items.addAll(stored);
        undone += stored.size();
        move();
      }
      case HANDED -> {
        advances.handOut(session, request.argument());
        move();
      }
      case RETURN -> {
        putBack(advances.answerRecall(session, request.argument()));
        recalled();
      }
      case GIVE_BACK -> {
        long itemCount = request.argument() >>> Integer.SIZE;
        putBack(advances.giveBack(session, itemCount, request.argument() & Integer.MAX_VALUE));
        move();
      }
      case TAKEN -> arrived(new Caller(session, request.argument()), true);
      case PUT_BACK -> arrived(new Caller(session, request.argument()), false);
      default -> {} // nothing else is told
    }
  }

  /** What a taker says of the items that have left for it. */
  private void arrived(Caller caller, boolean taken) {
    Map<Long, List<byte[]>> ofSession = delivering.get(caller.session());
    List<byte[]> left = ofSession == null ? null : ofSession.remove(caller.request());
    if (left != null && !taken) {
      putBack(left);
      move();
    } else if (left != null && redelivers) {
      inHand.computeIfAbsent(caller.session(), session -> new ArrayDeque<>()).addAll(left);
    }
  }

  @Override
  public void recallIsLate(int session) {
    advances.late(session);
    recalled();
  }

  /** Goes on with what waited for the advances, if all are back or late. */
  private void recalled() {
    while (!advances.isRecalling() && !deferred.isEmpty()) {
      Caller next = deferred.keySet().iterator().next();
      SyncRequest request = deferred.remove(next);
      if (request != null) {
        look(next, request);
        move();
      }
    }
    if (!advances.isRecalling()) {
      move();
      Map<Caller, Status> tired = new LinkedHashMap<>(givingUp);
      givingUp.clear();
      tired.forEach(this::giveUp);
    }
  }

  /** Nothing more gets in; what is in still gets out. */
  void close() {
    closed = true;
    move();
  }

  private void putBack(List<byte[]> left) {
    for (int i = left.size() - 1; i >= 0; i--) {
      items.addFirst(left.get(i));
    }
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    Putter putter = putters.get(caller);
    if (status == Status.TIMED_OUT && putter != null && advances.items() > 0) {
      advances.recallAll(); // some of them may have been taken
    }
    boolean awaitsOwn = putter != null && !mayEnter(putter);
    if ((advances.isRecalling() && joiners.get(caller) == null) || awaitsOwn) {
      givingUp.putIfAbsent(caller, status); // what is on its way back may fulfil it
      return;
    }
    if (putter != null) {
      putters.remove(caller);
      answers.answer(caller, status, putter.entered);
      move(); // those behind it may fit
    } else if (takers.remove(caller) != null || joiners.remove(caller) != null) {
      answers.answer(caller, status, 0);
    }
  }

  @Override
  public void sessionClosed(int session) {
    putters.removeSession(session);
    takers.removeSession(session);
    joiners.removeSession(session);
    producers.closed(session);
    consumers.closed(session);
    deferred.keySet().removeIf(caller -> caller.session() == session);
    givingUp.keySet().removeIf(caller -> caller.session() == session);
    List<byte[]> lost = new ArrayList<>();
    ArrayDeque<byte[]> held = inHand.remove(session);
    if (held != null) {
      lost.addAll(held);
    }
    Map<Long, List<byte[]>> onTheirWay = delivering.remove(session);
    if (onTheirWay != null) {
      onTheirWay.values().forEach(lost::addAll);
    }
    lost.addAll(advances.close(session));
    putBack(lost);
    move();
    recalled();
  }
}
