package taskpool.coordinator.sync;

import java.util.ArrayList;
import java.util.List;
import taskpool.protocol.Items;
import taskpool.protocol.Swap;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * Elements by their index. Nobody waits here, and nobody's death changes anything. Confined to the
 * coordinator.
 */
final class ListState implements Primitive {
  private final Answers answers;
  private final List<byte[]> elements;

  ListState(List<byte[]> initial, Answers answers) {
    this.answers = answers;
    this.elements = new ArrayList<>(initial);
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    int index = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, request.argument()));
    switch (request.operation()) {
      case GET -> answerAt(caller, index, index < 0 || index >= elements.size());
      case SWAP ->
          Swap.decode(request.payload())
              .ifPresentOrElse(
                  swap -> swap(caller, swap), () -> answers.answer(caller, Status.REFUSED, 0));
      case INSERT -> insert(caller, index, Items.split(request.payload()));
      case REMOVE_AT -> removeAt(caller, index);
      case REMOVE -> answers.ok(caller, Items.remove(elements, index, request.payload()) ? 1 : 0);
      case READ_ALL -> answers.answer(caller, Status.OK, elements.size(), Items.join(elements));
      case CLEAR_ALL -> {
        elements.clear();
        answers.ok(caller);
      }
      case STATE -> answers.ok(caller, elements.size());
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  /** Answers the element there, or how many there are. */
  private void answerAt(Caller caller, int index, boolean absent) {
    if (absent) {
      answers.answer(caller, Status.ABSENT, elements.size());
    } else {
      answers.answer(caller, Status.OK, 1, elements.get(index));
    }
  }

  /** Answers what was there before, and 1 if it was done. */
  private void swap(Caller caller, Swap swap) {
    int index = swap.index();
    byte[] next = swap.next();
    if (index < 0 || index >= elements.size() || next == null) {
      answers.answer(caller, Status.ABSENT, elements.size());
      return;
    }
    byte[] before = elements.get(index);
    boolean done = swap.isDone(before);
    if (done) {
      elements.set(index, next);
    }
    answers.answer(caller, Status.OK, done ? 1 : 0, before);
  }

  private void insert(Caller caller, int index, List<byte[]> items) {
    if (index > elements.size()) {
      answers.answer(caller, Status.ABSENT, elements.size());
    } else {
      elements.addAll(index < 0 ? elements.size() : index, items);
      answers.ok(caller);
    }
  }

  private void removeAt(Caller caller, int index) {
    boolean absent = index < 0 || index >= elements.size();
    answerAt(caller, index, absent);
    if (!absent) {
      elements.remove(index);
    }
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    // nobody waits
  }

  @Override
  public void sessionClosed(int session) {
    // what it wrote stays
  }
}
