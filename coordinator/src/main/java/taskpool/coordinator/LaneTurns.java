package taskpool.coordinator;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: deficit round robin over the lanes that have queued tasks. Taking the next task
 * costs the same whatever the number of lanes and tasks. Confined to the coordinator.
 */
final class LaneTurns {
  /** How much a lane may spend each time its turn comes, in units of {@link Task#cost}. */
  private static final int QUANTUM = 16;

  /** The head has the turn. */
  private final ArrayDeque<Session> sessions = new ArrayDeque<>();

  /** A session has a queued task. */
  void add(Session session) {
    if (!session.inTurns) {
      session.inTurns = true;
      sessions.add(session);
    }
  }

  void remove(Session session) {
    sessions.remove(session);
  }

  /** Whether certainly no task is queued. */
  boolean isEmpty() {
    return sessions.isEmpty();
  }

  /** Takes the next task out of the lane whose turn it is; null if none is queued. */
  @Nullable Task next() {
    while (!sessions.isEmpty()) {
      Session session = sessions.element();
      Task task = session.lane.peek();
      if (task == null) {
        session.resetDeficit();
        session.inTurns = false;
        sessions.remove();
      } else if (session.deficit() < task.cost()) {
        session.addDeficit(QUANTUM);
        sessions.add(sessions.remove());
      } else {
        session.addDeficit(-task.cost());
        session.lane.removeNext();
        return task;
      }
    }
    return null;
  }
}
