package taskpool.coordinator.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Items;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * A queue, bounded or not. Items leave in the order in which they came, to takers in the order in
 * which those came. Those on their way to a taker that dies before it has them go to the next one;
 * if it redelivers, so do those that a taker has and has not done. Counts what is not done, for
 * {@code join}. Confined to the coordinator.
 */
final class QueueState implements Primitive {

  /** Its first items may be in already. */
  private static final class Putter {
    final Caller caller;
    final ArrayDeque<byte[]> left;
    int entered;

    Putter(Caller caller, List<byte[]> items) {
      this.caller = caller;
      this.left = new ArrayDeque<>(items);
    }
  }

  private record Taker(Caller caller, long most) {}

  private static final ArrayDeque<byte[]> NONE = new ArrayDeque<>(0);

  private final Answers answers;

  /** 0 if there is no bound. */
  private final int capacity;

  private final boolean redelivers;

  private final ArrayDeque<byte[]> items = new ArrayDeque<>();
  private final WaitLine<Putter> putters = new WaitLine<>();
  private final WaitLine<Taker> takers = new WaitLine<>();
  private final WaitLine<Caller> joiners = new WaitLine<>();

  /** Items that have left and of which it is not known whether they arrived, by session. */
  private final Map<Integer, Map<Long, List<byte[]>>> delivering = new HashMap<>();

  /** Items that have arrived and are not done, by session; of a queue that redelivers. */
  private final Map<Integer, ArrayDeque<byte[]>> inHand = new HashMap<>();

  private long undone;
  private boolean closed;

  QueueState(int capacity, boolean redelivers, Answers answers) {
    this.capacity = capacity;
    this.redelivers = redelivers;
    this.answers = answers;
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case PUT -> {
        putters.add(caller, new Putter(caller, Items.split(request.payload())));
        move();
      }
      case TAKE -> {
        takers.add(caller, new Taker(caller, request.argument()));
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
      case PEEK -> {
        List<byte[]> first = items.stream().limit(request.argument()).toList();
        answers.answer(caller, Status.OK, first.size(), Items.join(first));
      }
      case REMOVE -> {
        answers.ok(caller, removeFirst(request.payload()) ? 1 : 0);
        move();
      }
      case STATE -> answers.ok(caller, items.size());
      default -> answers.answer(caller, Status.REFUSED, 0);
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
  }

  private boolean letIn() {
    Putter next = putters.peek();
    if (next == null) {
      return false;
    }
    if (closed) {
      putters.remove(next.caller);
      answers.answer(next.caller, Status.CLOSED, next.entered);
      return true;
    }
    int before = next.entered;
    while (!next.left.isEmpty() && (capacity == 0 || items.size() < capacity)) {
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
    while (!items.isEmpty() && leaving.size() < Math.max(1, next.most)) {
      leaving.add(items.remove());
    }
    delivering
        .computeIfAbsent(next.caller.session(), session -> new LinkedHashMap<>())
        .put(next.caller.request(), leaving);
    answers.answer(next.caller, Status.OK, leaving.size(), Items.join(leaving));
    return true;
  }

  private void taskDone(Caller caller, long count) {
    ArrayDeque<byte[]> held = inHand.getOrDefault(caller.session(), NONE);
    if (count > undone || (redelivers && count > held.size())) {
      answers.answer(caller, Status.NOT_OWNER, undone);
      return;
    }
    undone -= count;
    for (int i = 0; redelivers && i < count; i++) {
      held.remove();
    }
    answers.ok(caller);
    if (undone == 0) {
      joiners.removeAll().forEach(answers::ok);
    }
  }

  private boolean removeFirst(byte @Nullable [] item) {
    for (Iterator<byte[]> all = items.iterator(); all.hasNext(); ) {
      if (Arrays.equals(all.next(), item)) {
        all.remove();
        return true;
      }
    }
    return false;
  }

  @Override
  public void arrived(Caller caller, boolean taken) {
    Map<Long, List<byte[]>> ofSession = delivering.get(caller.session());
    List<byte[]> left = ofSession == null ? null : ofSession.remove(caller.request());
    if (left != null && !taken) {
      putBack(left);
      move();
    } else if (left != null && redelivers) {
      inHand.computeIfAbsent(caller.session(), session -> new ArrayDeque<>()).addAll(left);
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
    Putter putter = putters.remove(caller);
    if (putter != null) {
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
    List<byte[]> lost = new ArrayList<>();
    ArrayDeque<byte[]> held = inHand.remove(session);
    if (held != null) {
      lost.addAll(held);
    }
    Map<Long, List<byte[]>> onTheirWay = delivering.remove(session);
    if (onTheirWay != null) {
      onTheirWay.values().forEach(lost::addAll);
    }
    putBack(lost);
    move();
  }
}
