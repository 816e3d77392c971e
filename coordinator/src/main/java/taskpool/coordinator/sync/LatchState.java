package taskpool.coordinator.sync;

import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** A count that goes down to zero once, and can be waited for. Confined to the coordinator. */
final class LatchState implements Primitive {
  private final Answers answers;
  private final WaitLine<Caller> line = new WaitLine<>();
  private long count;

  LatchState(long count, Answers answers) {
    this.count = count;
    this.answers = answers;
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case COUNT_DOWN -> {
        count = Math.max(0, count - 1);
        answers.ok(caller, count);
        if (count == 0) {
          line.removeAll().forEach(answers::ok);
        }
      }
      case AWAIT -> {
        if (count == 0) {
          answers.ok(caller);
        } else {
          line.add(caller, caller);
        }
      }
      case STATE -> answers.ok(caller, count);
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    if (line.remove(caller) != null) {
      answers.answer(caller, status, 0);
    }
  }

  @Override
  public void sessionClosed(int session) {
    line.removeSession(session);
  }
}
