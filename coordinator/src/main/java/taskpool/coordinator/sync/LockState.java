package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * A lock with its conditions: one owner at a time, the others wait in the order in which they came.
 * Each grant has a token that is higher than all before. When an owner's session is gone the next
 * one gets the lock, and is told so. Confined to the coordinator.
 */
final class LockState implements Primitive {

  /** Who owns a lock: a thread of a client's process. */
  record Owner(int session, long thread) {}

  /**
   * Waits for the lock, or for a condition first.
   *
   * @param holds how often it will own the lock: as often as before it waited for a condition
   * @param status what it is told when it has the lock
   * @param returns whether it must have the lock before it can be told anything, as it has waited
   *     for a condition
   */
  private record Waiter(Caller caller, Owner owner, int holds, Status status, boolean returns) {}

  /** The payload of a grant whose owner before has died, whatever its status. */
  private static final byte[] ABANDONED = {1};

  private final String name;
  private final boolean reentrant;
  private final Answers answers;
  private final WaitLine<Waiter> line = new WaitLine<>();

  /** Those that somebody waits for. */
  private final Map<String, WaitLine<Waiter>> conditions = new HashMap<>();

  private @Nullable Owner owner;
  private int holds;
  private long token;
  private boolean abandoned;

  /**
   * Creates it, free.
   *
   * @param name for people
   */
  LockState(String name, boolean reentrant, Answers answers) {
    this.name = name;
    this.reentrant = reentrant;
    this.answers = answers;
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    Owner asking = new Owner(caller.session(), request.argument());
    switch (request.operation()) {
      case ACQUIRE -> acquire(caller, asking);
      case RELEASE -> release(caller, asking, request);
      case AWAIT_CONDITION -> awaitCondition(caller, asking, request);
      case NOTIFY -> notifyWaiters(caller, asking, request);
      case STATE -> answers.answer(caller, Status.OK, asking.equals(owner) ? holds : 0, state());
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  private void acquire(Caller caller, Owner asking) {
    if (reentrant && asking.equals(owner)) {
      holds++;
      answers.ok(caller, token);
    } else {
      line.add(caller, new Waiter(caller, asking, 1, Status.OK, false));
      grant();
    }
  }

  /** With a payload if it was abandoned before, and who was told so did not want it any more. */
  private void release(Caller caller, Owner asking, SyncRequest request) {
    if (!asking.equals(owner)) {
      answers.answer(caller, Status.NOT_OWNER, 0);
      return;
    }
    holds--;
    answers.ok(caller);
    if (holds == 0) {
      owner = null;
      byte @Nullable [] payload = request.payload();
      abandoned = payload != null && payload.length > 0;
      grant();
    }
  }

  /** Gives the lock to the first in the line, if it is free. */
  private void grant() {
    Waiter next = owner == null ? line.poll() : null;
    if (next == null) {
      return;
    }
    owner = next.owner;
    holds = next.holds;
    token++;
    byte[] sign = abandoned ? ABANDONED : null;
    abandoned = false;
    answers.answer(next.caller, next.status, token, sign);
  }

  private void awaitCondition(Caller caller, Owner asking, SyncRequest request) {
    if (!asking.equals(owner)) {
      answers.answer(caller, Status.NOT_OWNER, 0);
      return;
    }
    ByteBuffer payload = payloadOf(request);
    payload.getInt();
    conditions
        .computeIfAbsent(nameIn(payload), name -> new WaitLine<>())
        .add(caller, new Waiter(caller, asking, holds, Status.OK, true));
    owner = null;
    grant();
  }

  private void notifyWaiters(Caller caller, Owner asking, SyncRequest request) {
    if (!asking.equals(owner)) {
      answers.answer(caller, Status.NOT_OWNER, 0);
      return;
    }
    ByteBuffer payload = payloadOf(request);
    int most = payload.getInt();
    String condition = nameIn(payload);
    WaitLine<Waiter> waiters = conditions.getOrDefault(condition, new WaitLine<>());
    int notified = 0;
    for (Waiter next = waiters.peek(); next != null && notified < most; next = waiters.peek()) {
      waiters.remove(next.caller);
      line.add(next.caller, next);
      notified++;
    }
    if (waiters.isEmpty()) {
      conditions.remove(condition);
    }
    answers.ok(caller, notified);
  }

  /** A program may make a new condition for each of its tasks. */
  private void forgetUnused() {
    conditions.values().removeIf(WaitLine::isEmpty);
  }

  /** How many to notify, then the condition's name. */
  private static ByteBuffer payloadOf(SyncRequest request) {
    byte[] payload = request.payload();
    return ByteBuffer.wrap(
        payload == null || payload.length < Integer.BYTES ? new byte[Integer.BYTES] : payload);
  }

  private static String nameIn(ByteBuffer payload) {
    return UTF_8.decode(payload).toString();
  }

  private byte[] state() {
    return ByteBuffer.allocate(2 * Integer.BYTES)
        .putInt(owner == null ? 0 : 1)
        .putInt(line.size())
        .array();
  }

  /** For how many conditions somebody waits. */
  int conditions() {
    return conditions.size();
  }

  /** Who owns it; null if nobody does. */
  @Nullable Owner owner() {
    return owner;
  }

  /** Who waits with this request for the lock; empty if nobody does. */
  Optional<Owner> waiter(Caller caller) {
    return Optional.ofNullable(line.get(caller)).map(Waiter::owner);
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    Waiter inLine = line.get(caller);
    if (inLine != null) {
      if (!inLine.returns) {
        line.remove(caller);
        answers.answer(caller, status, 0);
      }
      return; // else it has been notified, and will be told so when it has the lock
    }
    for (WaitLine<Waiter> waiters : conditions.values()) {
      Waiter waiter = waiters.remove(caller);
      if (waiter != null) {
        line.add(caller, new Waiter(caller, waiter.owner, waiter.holds, status, true));
        forgetUnused();
        grant();
        return;
      }
    }
  }

  @Override
  public void sessionClosed(int session) {
    line.removeSession(session);
    conditions.values().forEach(waiters -> waiters.removeSession(session));
    forgetUnused();
    if (owner != null && owner.session == session) {
      owner = null;
      abandoned = true;
      grant();
    }
  }
}
