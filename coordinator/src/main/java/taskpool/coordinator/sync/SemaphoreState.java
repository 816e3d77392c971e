package taskpool.coordinator.sync;

import java.util.HashMap;
import java.util.Map;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * Permits, taken in the order in which they are asked for: a large request is not passed by small
 * ones. What a session has taken and not given back returns when it is gone. Confined to the
 * coordinator.
 */
final class SemaphoreState implements Primitive {
  private record Waiter(Caller caller, long permits) {}

  private final Answers answers;
  private final boolean bounded;
  private final long most;
  private final WaitLine<Waiter> line = new WaitLine<>();
  private final Map<Integer, Long> taken = new HashMap<>();
  private long permits;

  /**
   * Creates it with all its permits.
   *
   * @param bounded whether more than these can't be given back
   */
  SemaphoreState(long permits, boolean bounded, Answers answers) {
    this.permits = permits;
    this.most = permits;
    this.bounded = bounded;
    this.answers = answers;
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case ACQUIRE -> {
        line.add(caller, new Waiter(caller, request.argument()));
        grant();
      }
      case RELEASE -> release(caller, request.argument());
      case STATE -> answers.ok(caller, permits);
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  private void release(Caller caller, long count) {
    if (bounded && permits + count > most) {
      answers.answer(caller, Status.NOT_OWNER, 0);
      return;
    }
    permits += count;
    taken.computeIfPresent(caller.session(), (session, held) -> held > count ? held - count : null);
    answers.ok(caller);
    grant();
  }

  private void grant() {
    for (Waiter next = line.peek(); next != null && next.permits <= permits; next = line.peek()) {
      line.remove(next.caller);
      permits -= next.permits;
      taken.merge(next.caller.session(), next.permits, Long::sum);
      answers.ok(next.caller);
    }
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    if (line.remove(caller) != null) {
      answers.answer(caller, status, 0);
      grant(); // those behind it may ask for less
    }
  }

  @Override
  public void sessionClosed(int session) {
    line.removeSession(session);
    Long held = taken.remove(session);
    permits += held == null ? 0 : held;
    grant();
  }
}
