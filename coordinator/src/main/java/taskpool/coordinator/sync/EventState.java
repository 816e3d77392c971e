package taskpool.coordinator.sync;

import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * A flag that can be waited for. It belongs to nobody, so nobody's death changes it. Confined to
 * the coordinator.
 */
final class EventState implements Primitive {
  private final Answers answers;
  private final WaitLine<Caller> line = new WaitLine<>();
  private boolean set;

  EventState(Answers answers) {
    this.answers = answers;
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case SET -> {
        set = true;
        answers.ok(caller);
        line.removeAll().forEach(answers::ok);
      }
      case CLEAR -> {
        set = false;
        answers.ok(caller);
      }
      case AWAIT -> {
        if (set) {
          answers.ok(caller);
        } else {
          line.add(caller, caller);
        }
      }
      case STATE -> answers.ok(caller, set ? 1 : 0);
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
