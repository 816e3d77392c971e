package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * A barrier, after {@code threading.Barrier}: when the last party comes all go on, each with an
 * index of its own. It breaks for all when one gives up or dies while it waits, or aborts it; then
 * it stays broken until it is reset. Confined to the coordinator.
 */
final class BarrierState implements Primitive {
  private final Answers answers;
  private final int parties;
  private final WaitLine<Caller> line = new WaitLine<>();
  private @Nullable String broken;

  BarrierState(int parties, Answers answers) {
    this.parties = parties;
    this.answers = answers;
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case AWAIT -> arrive(caller);
      case ABORT -> {
        answers.ok(caller);
        breakIt("it was aborted");
      }
      case RESET -> {
        answers.ok(caller);
        tellAll("it was reset");
        broken = null;
      }
      case STATE -> answers.answer(caller, broken == null ? Status.OK : Status.BROKEN, line.size());
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  private void arrive(Caller caller) {
    String why = broken;
    if (why != null) {
      tell(caller, why);
      return;
    }
    line.add(caller, caller);
    if (line.size() == parties) {
      int index = 0;
      for (Caller party : line.removeAll()) {
        answers.ok(party, index++);
      }
    }
  }

  private void breakIt(String why) {
    if (broken == null) {
      broken = why;
      tellAll(why);
    }
  }

  private void tellAll(String why) {
    line.removeAll().forEach(party -> tell(party, why));
  }

  private void tell(Caller party, String why) {
    answers.answer(party, Status.BROKEN, 0, why.getBytes(UTF_8));
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    if (line.remove(caller) != null) {
      answers.answer(caller, status, 0);
      breakIt(status == Status.TIMED_OUT ? "a party's time was over" : "a party was interrupted");
    }
  }

  @Override
  public void sessionClosed(int session) {
    int before = line.size();
    line.removeSession(session);
    if (line.size() < before) {
      breakIt("a party died");
    }
  }
}
