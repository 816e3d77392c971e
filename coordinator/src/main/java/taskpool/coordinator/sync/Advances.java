package taskpool.coordinator.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What sessions have of a queue in advance, so that not every item is a question and an answer:
 * room that they may fill, and items that none of their threads has asked for yet. It can be
 * recalled. Confined to the coordinator.
 */
final class Advances {

  /** Asks a session for what it has in advance; it answers soon, dies, or is late. */
  interface Recall {
    /**
     * Asks for it.
     *
     * @param object the queue's number in that session
     */
    void recall(int session, int object);

    /** Waits once more for the answer of one that was late, and lives. */
    default void awaitAgain(int session, int object) {}
  }

  private static final class Advance {
    final int object;
    final ArrayDeque<byte[]> items = new ArrayDeque<>();
    long room;

    /** Of the room, what is about to be filled and can't be given back. */
    long kept;

    boolean recalled;

    /** Whether it has not answered for long, and counts as if its threads had taken its items. */
    boolean late;

    Advance(int object) {
      this.object = object;
    }
  }

  private final Recall recall;
  private final Map<Integer, Advance> bySession = new LinkedHashMap<>();
  private long room;
  private int items;

  Advances(Recall recall) {
    this.recall = recall;
  }

  private Advance of(int session, int object) {
    return bySession.computeIfAbsent(session, id -> new Advance(object));
  }

  /** A session may put in so many items more. */
  void giveRoom(int session, int object, long more) {
    of(session, object).room += more;
    room += more;
  }

  /** A session has put in so many items, for most of which it had room. */
  void fill(int session, int count) {
    Advance advance = bySession.get(session);
    if (advance != null) {
      long filled = Math.min(count, advance.room);
      advance.room -= filled;
      advance.kept = Math.max(0, advance.kept - filled); // too few is only asked about again
      room -= filled;
    }
  }

  /** How many items may come in unasked. */
  long room() {
    return room;
  }

  /** How many items sessions have in advance that are not late. */
  int items() {
    return items;
  }

  private void count(Advance advance, int more) {
    items += advance.late ? 0 : more;
  }

  /** A session has these items ahead of its threads. */
  void giveItems(int session, int object, List<byte[]> ahead) {
    Advance advance = of(session, object);
    advance.items.addAll(ahead);
    count(advance, ahead.size());
  }

  /** A session's threads have taken so many of its items. */
  void handOut(int session, long count) {
    Advance advance = bySession.get(session);
    for (long i = 0; advance != null && i < count && !advance.items.isEmpty(); i++) {
      advance.items.remove();
      count(advance, -1);
    }
  }

  /** Wants everything back from all that have anything. */
  void recallAll() {
    bySession.forEach(
        (session, advance) -> {
          if (!advance.recalled && (advance.room > advance.kept || !advance.items.isEmpty())) {
            advance.recalled = true;
            recall.recall(session, advance.object);
          }
        });
  }

  /**
   * A session has not answered a recall for long: its process may be suspended. It keeps what it
   * has until it answers or dies, and nobody waits for that any more.
   */
  void late(int session) {
    Advance advance = bySession.get(session);
    if (advance != null && advance.recalled && !advance.late) {
      count(advance, -advance.items.size());
      advance.late = true;
    }
  }

  /** A session has asked something: if it was late, its answer is about to come. */
  void heard(int session) {
    Advance advance = bySession.get(session);
    if (advance != null && advance.late) {
      endLateness(advance);
      recall.awaitAgain(session, advance.object);
    }
  }

  private void endLateness(Advance advance) {
    if (advance.late) {
      advance.late = false;
      count(advance, advance.items.size());
    }
  }

  /** Whether a session is. It gets nothing more in advance then. */
  boolean isLate(int session) {
    Advance advance = bySession.get(session);
    return advance != null && advance.late;
  }

  /**
   * Whether somebody has not answered a recall yet, and is not late. Nobody may get anything until
   * then: the answer would not tell what the session gave back from what was still on its way to
   * it.
   */
  boolean isRecalling() {
    return bySession.values().stream().anyMatch(advance -> advance.recalled && !advance.late);
  }

  /**
   * A session gives back some of what it has. If it was asked to, that is no answer yet.
   *
   * @return the items that nobody has taken
   */
  List<byte[]> giveBack(int session, long itemCount, long roomCount) {
    Advance advance = bySession.get(session);
    List<byte[]> back = new ArrayList<>();
    if (advance != null) {
      while (back.size() < itemCount && !advance.items.isEmpty()) {
        back.add(advance.items.remove());
      }
      count(advance, -back.size());
      long less = Math.min(roomCount, advance.room);
      advance.room -= less;
      advance.kept = Math.max(0, advance.kept - less);
      room -= less;
    }
    return back;
  }

  /**
   * A session gives back all that it has, as it was asked to.
   *
   * @param kept room that it is about to fill
   * @return the items that nobody has taken
   */
  List<byte[]> answerRecall(int session, long kept) {
    Advance advance = bySession.get(session);
    if (advance == null) {
      return List.of();
    }
    advance.recalled = false;
    endLateness(advance);
    List<byte[]> back = giveBack(session, Long.MAX_VALUE, Math.max(0, advance.room - kept));
    advance.kept = advance.room;
    return back;
  }

  /** The same of a session that is gone. */
  List<byte[]> close(int session) {
    List<byte[]> back = answerRecall(session, 0);
    bySession.remove(session);
    return back;
  }
}
