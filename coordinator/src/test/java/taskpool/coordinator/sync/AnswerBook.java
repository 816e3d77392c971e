package taskpool.coordinator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * Asks a primitive in the name of some sessions, and sees to it that each request is answered once
 * at most, and none of a session that is gone.
 */
final class AnswerBook implements Answers {
  /** What is to be done with an answer. */
  interface Then {
    void answered(Caller caller, Status status, long value, byte @Nullable [] payload);
  }

  private final Map<Caller, Then> open = new LinkedHashMap<>();
  private long lastRequest;

  /** Asks; the answer may come before this returns. */
  Caller ask(
      Primitive primitive,
      int session,
      SyncOperation operation,
      long argument,
      byte @Nullable [] payload,
      Then then) {
    Caller caller = new Caller(session, ++lastRequest);
    open.put(caller, then);
    primitive.handle(
        caller,
        new SyncRequest(caller.request(), 1, operation, argument, SyncRequest.FOR_EVER, payload));
    return caller;
  }

  void tell(
      Primitive primitive,
      int session,
      SyncOperation operation,
      long argument,
      byte @Nullable [] payload) {
    long id = ++lastRequest;
    primitive.told(
        new Caller(session, id), new SyncRequest(id, 1, operation, argument, 0, payload));
  }

  @Override
  public void answer(Caller caller, Status status, long value, byte @Nullable [] payload) {
    Then then = open.remove(caller);
    assertThat(then).as("%s is answered, and does not wait", caller).isNotNull();
    then.answered(caller, status, value, payload);
  }

  boolean isOpen(Caller caller) {
    return open.containsKey(caller);
  }

  /** Those that wait, in the order in which they came. */
  List<Caller> waiting() {
    return new ArrayList<>(open.keySet());
  }

  /** One that waits; null if nobody does. */
  @Nullable Caller anyWaiting(Random random) {
    List<Caller> all = waiting();
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  /** A session is gone. */
  void close(Primitive primitive, int session) {
    open.keySet().removeIf(caller -> caller.session() == session);
    primitive.sessionClosed(session);
  }

  static Status anyEnd(Random random) {
    return random.nextBoolean() ? Status.TIMED_OUT : Status.WITHDRAWN;
  }
}
