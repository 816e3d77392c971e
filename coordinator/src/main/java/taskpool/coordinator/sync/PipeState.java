package taskpool.coordinator.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * Two ends, 0 and 1: what is put at one is taken at the other. An end is closed by whoever has it,
 * or with the last process that has used it. Confined to the coordinator.
 */
final class PipeState implements Primitive {
  /** Nothing is given in advance, as nobody asks for that. */
  private static final Advances.Recall NEVER = (session, object) -> {};

  private final Answers answers;

  /** By the end at which it is taken from. */
  private final List<QueueState> towards;

  /** The sessions that have used an end, by its number. */
  private final List<Set<Integer>> users = List.of(new HashSet<>(), new HashSet<>());

  private final Set<Integer> closed = new HashSet<>();

  PipeState(int capacity, Answers answers) {
    this.answers = answers;
    this.towards =
        List.of(
            new QueueState(capacity, false, answers, NEVER),
            new QueueState(capacity, false, answers, NEVER));
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    int end = request.argument() == 0 ? 0 : 1;
    if (request.operation() == SyncOperation.CLOSE) {
      answers.ok(caller);
      close(end);
    } else if (closed.contains(end)) {
      answers.answer(caller, Status.CLOSED, 1);
    } else {
      users.get(end).add(caller.session());
      switch (request.operation()) {
        case PUT -> towards.get(1 - end).handle(caller, request);
        case TAKE -> towards.get(end).handle(caller, request.withArgument(1));
        case STATE -> towards.get(end).handle(caller, request);
        default -> answers.answer(caller, Status.REFUSED, 0);
      }
    }
  }

  private void close(int end) {
    if (closed.add(end)) {
      towards.forEach(QueueState::close);
    }
  }

  @Override
  public void told(Caller caller, SyncRequest request) {
    towards.forEach(queue -> queue.told(caller, request));
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    towards.forEach(queue -> queue.giveUp(caller, status));
  }

  @Override
  public void sessionClosed(int session) {
    towards.forEach(queue -> queue.sessionClosed(session));
    for (int end = 0; end < users.size(); end++) {
      if (users.get(end).remove(session) && users.get(end).isEmpty()) {
        close(end);
      }
    }
  }
}
