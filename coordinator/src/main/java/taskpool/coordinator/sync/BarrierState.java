package taskpool.coordinator.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * A barrier, after {@code threading.Barrier}: when the last party has come, and has run the action
 * if there is one, all go on, each with an index of its own. It breaks for all when one gives up
 * before all have come or dies while it waits, when a process that was given it dies or never
 * comes, when the action fails, and when somebody aborts it; then it stays broken until it is
 * reset. Confined to the coordinator.
 */
final class BarrierState implements Primitive {
  private final Answers answers;
  private final int parties;

  /** Empty if there is none. */
  private final byte[] action;

  private final WaitLine<Caller> line = new WaitLine<>();

  /** Those of the last round, without the one that runs the action. */
  private final WaitLine<Caller> met = new WaitLine<>();

  private final Map<Integer, String> names = new HashMap<>();

  private final Parties processes = new Parties();

  /** Who runs the action; null if nobody does now. */
  private @Nullable Caller acting;

  private @Nullable String broken;

  /** Why it breaks when the action has run, which is not of those who have met; else null. */
  private @Nullable String brokenNext;

  BarrierState(int parties, byte[] action, Answers answers) {
    this.parties = parties;
    this.action = action;
    this.answers = answers;
  }

  @Override
  public void opened(int session, String process, long party) {
    names.put(session, process);
    processes.opened(party, session);
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case AWAIT -> arrive(caller);
      case ACTION_ENDED -> actionEnded(caller, request);
      case ABORT -> {
        answers.ok(caller);
        breakIt("it was aborted");
      }
      case RESET -> {
        answers.ok(caller);
        tellAll("it was reset");
        broken = null;
        brokenNext = null;
      }
      case STATE ->
          answers.answer(
              caller,
              broken == null ? Status.OK : Status.BROKEN,
              line.size() + met.size(),
              parties);
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  @Override
  public void told(Caller caller, SyncRequest request) {
    byte[] payload = request.payload();
    String name = payload == null ? "" : new String(payload, UTF_8);
    switch (request.operation()) {
      case GIVEN -> processes.given(request.argument(), name, caller.session());
      case PARTY_ENDED -> processes.ended(request.argument(), name).ifPresent(this::breakIt);
      case PARTY_DIED -> processes.died(request.argument(), name).ifPresent(this::breakIt);
      default -> {} // not said of barriers
    }
  }

  private void arrive(Caller caller) {
    processes.came(caller.session());
    String why = broken == null ? brokenNext : broken;
    if (why != null) {
      tell(caller, why);
      return;
    }
    line.add(caller, caller);
    meet();
  }

  /** Lets a round meet if all have come, and none is on. */
  private void meet() {
    while (acting == null && line.size() >= parties) {
      for (Caller next = line.poll(); next != null; next = line.poll()) {
        if (met.size() == parties - 1) {
          allHaveCome(next);
          break;
        }
        met.add(next, next);
      }
    }
  }

  private void allHaveCome(Caller last) {
    if (action.length == 0) {
      release(last);
    } else {
      acting = last;
      answers.answer(last, Status.RUN_ACTION, 0, action);
    }
  }

  private void release(Caller last) {
    int index = 0;
    for (Caller party : met.removeAll()) {
      answers.ok(party, index++);
    }
    answers.ok(last, index);
  }

  private void actionEnded(Caller caller, SyncRequest request) {
    if (!new Caller(caller.session(), request.argument()).equals(acting)) {
      tell(caller, broken == null ? "it was reset" : broken);
      return;
    }
    byte[] failure = request.payload();
    if (failure == null || failure.length == 0) {
      acting = null;
      release(caller);
      broken = brokenNext;
      brokenNext = null;
      meet();
    } else {
      String why = "its action failed: " + new String(failure, UTF_8);
      tell(caller, why);
      breakIt(why);
    }
  }

  private void breakIt(String why) {
    if (broken == null) {
      broken = why;
      brokenNext = null;
      tellAll(why);
    }
  }

  /** For those who have not met. */
  private void breakForOthers(String why) {
    if (acting == null) {
      breakIt(why);
    } else {
      brokenNext = why;
      line.removeAll().forEach(party -> tell(party, why));
    }
  }

  private void tellAll(String why) {
    acting = null;
    met.removeAll().forEach(party -> tell(party, why));
    line.removeAll().forEach(party -> tell(party, why));
  }

  private void tell(Caller party, String why) {
    answers.answer(party, Status.BROKEN, 0, why.getBytes(UTF_8));
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    if (line.remove(caller) != null) { // else it has met others, and is told how the action ends
      answers.answer(caller, status, 0);
      breakForOthers(
          (status == Status.TIMED_OUT ? "the time was over for " : "an interrupt came for ")
              + nameOf(caller.session()));
    }
  }

  private static boolean removeFrom(WaitLine<Caller> waiters, int session) {
    int before = waiters.size();
    waiters.removeSession(session);
    return waiters.size() < before;
  }

  private String nameOf(int session) {
    return names.getOrDefault(session, "a party");
  }

  @Override
  public void sessionClosed(int session) {
    String why = nameOf(session) + " died";
    boolean waited = removeFrom(line, session);
    boolean hadMet = removeFrom(met, session) || (acting != null && acting.session() == session);
    if (hadMet) {
      breakIt(why);
    } else if (waited) {
      breakForOthers(why);
    }
    if (hadMet || waited) {
      processes.forget(session); // or a reset barrier would break for it once more
    }
    processes.sessionClosed(session).ifPresent(this::breakIt);
    names.remove(session);
  }
}
