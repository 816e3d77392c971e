package taskpool.coordinator.sync;

import java.util.HashSet;
import java.util.Set;

/** Who has been asking on one side of a queue of late. Confined to the coordinator. */
final class Side {
  /** After so many requests of one session in a row the others no longer count. */
  private static final int IN_A_ROW = 16;

  private final Set<Integer> sessions = new HashSet<>();
  private int last;
  private int inARow;

  void asks(int session) {
    inARow = session == last ? inARow + 1 : 1;
    last = session;
    if (inARow >= IN_A_ROW) {
      sessions.clear();
    }
    sessions.add(session);
  }

  /** Whether nobody asks but this one. */
  boolean isOnly(int session) {
    return sessions.size() == 1 && sessions.contains(session);
  }

  void closed(int session) {
    sessions.remove(session);
  }
}
