package taskpool.coordinator.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * Permits, taken in the order in which they are asked for: a large request is not passed by small
 * ones. What a session has taken and nobody has given back returns when it is gone, unless there
 * were more then than at first. Who gives back more than it has taken does so for who took them
 * first. Confined to the coordinator.
 */
final class SemaphoreState implements Primitive {
  private record Waiter(Caller caller, long permits) {}

  private final Answers answers;
  private final boolean bounded;
  private final long most;
  private final WaitLine<Waiter> line = new WaitLine<>();

  /** By session; who took first comes first. */
  private final Map<Integer, Long> taken = new LinkedHashMap<>();

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
    long others = giveBack(caller.session(), count);
    while (others > 0 && !taken.isEmpty()) {
      others = giveBack(taken.keySet().iterator().next(), others);
    }
    answers.ok(caller);
    grant();
  }

  /** Up to so many permits are what a session has taken; gives how many are not. */
  private long giveBack(int session, long count) {
    long held = taken.getOrDefault(session, 0L);
    if (held > count) {
      taken.put(session, held - count);
    } else {
      taken.remove(session);
    }
    return Math.max(0, count - held);
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
    if (held != null) {
      long others = taken.values().stream().mapToLong(Long::longValue).sum();
      permits = Math.max(permits, Math.min(permits + held, most - others));
    }
    grant();
  }
}
