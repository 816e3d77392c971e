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

  /** Asks a session for what it has in advance; it answers soon, or dies. */
  interface Recall {
    /**
     * Asks for it.
     *
     * @param object the queue's number in that session
     */
    void recall(int session, int object);
  }

  private static final class Advance {
    final int object;
    final ArrayDeque<byte[]> items = new ArrayDeque<>();
    long room;

    /** Of the room, what is about to be filled and can't be given back. */
    long kept;

    boolean recalled;

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
      advance.kept = Math.min(advance.kept, advance.room);
      room -= filled;
    }
  }

  /** How many items may come in unasked. */
  long room() {
    return room;
  }

  /** How many items sessions have in advance. */
  int items() {
    return items;
  }

  /** A session has these items ahead of its threads. */
  void giveItems(int session, int object, List<byte[]> ahead) {
    of(session, object).items.addAll(ahead);
    items += ahead.size();
  }

  /** A session's threads have taken so many of its items. */
  void handOut(int session, long count) {
    Advance advance = bySession.get(session);
    for (long i = 0; advance != null && i < count && !advance.items.isEmpty(); i++) {
      advance.items.remove();
      items--;
    }
  }

  /** Whether another session than this one has. */
  boolean hasItemsBeside(int session) {
    Advance own = bySession.get(session);
    return items > (own == null ? 0 : own.items.size());
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

  /** Whether somebody has not given back yet what was recalled. */
  boolean isRecalling() {
    return bySession.values().stream().anyMatch(advance -> advance.recalled);
  }

  /**
   * A session gives back what it has, or is gone.
   *
   * @param kept room that it is about to fill
   * @return the items that nobody has taken
   */
  List<byte[]> giveBack(int session, long kept) {
    Advance advance = bySession.remove(session);
    if (advance == null) {
      return List.of();
    }
    room -= advance.room;
    items -= advance.items.size();
    long left = Math.min(kept, advance.room);
    if (left > 0) {
      giveRoom(session, advance.object, left);
      of(session, advance.object).kept = left;
    }
    return new ArrayList<>(advance.items);
  }
}
