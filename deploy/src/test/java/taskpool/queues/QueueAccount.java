package taskpool.queues;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Keeps account of the items of a run, and throws when one of them is where it must not be. An item
 * is written as its producer and its number there, such as {@code 1.2:37}.
 */
final class QueueAccount {
  private final int capacity;

  /** Those that the coordinator has got and that nobody has: in the queue, or ahead of takers. */
  private final Set<String> in = new LinkedHashSet<>();

  /** Those that were put, and have not arrived. */
  private final Set<String> onTheirWay = new LinkedHashSet<>();

  /** Those that have been put by processes that live, or have arrived. */
  private final Set<String> owed = new LinkedHashSet<>();

  /** Who has taken what, for good as far as it lives. */
  private final Map<String, QueueThread> takers = new LinkedHashMap<>();

  /** Those that were on their way to one that did not want them any more, or has died. */
  private final Set<String> strayed = new HashSet<>();

  /** All that was ever on its way to a session. */
  private final Map<Integer, List<String>> sent = new HashMap<>();

  private final Map<String, Integer> lastTaken = new HashMap<>();
  private int takenCount;

  /** Puts that have been granted their room, and have not filled it. */
  private int unfilled;

  /** Whether anybody was interrupted or has died, so that sizes are a matter of moments. */
  private boolean disturbed;

  QueueAccount(int capacity) {
    this.capacity = capacity;
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is on no class path of ours
  static void check(boolean holds, String what, Object... values) {
    if (!holds) {
      throw new AssertionError(String.format(Locale.ROOT, what, values));
    }
  }

  void disturbed() {
    disturbed = true;
  }

  /** Who had something in advance may count as having taken it, and give it back later. */
  void delayed() {
    disturbed = true;
    sent.values().forEach(strayed::addAll);
  }

  /** A put has got its room. */
  void roomGranted() {
    unfilled++;
  }

  /** The room was filled, or given back. */
  void roomUsed() {
    unfilled--;
  }

  /** A put has returned. */
  void put(String item) {
    owed.add(item);
    onTheirWay.add(item);
    checkBound();
  }

  /** A large item's put is answered: it is in already. */
  void putAsked(String item) {
    owed.add(item);
    in.add(item);
    checkBound();
  }

  private void checkBound() {
    int there = in.size() + onTheirWay.size();
    check(
        capacity == 0 || there <= capacity + strayed.size(),
        "%d items where %d have room: %s and %s",
        there,
        capacity,
        in,
        onTheirWay);
  }

  /** The coordinator has got it. */
  void arrived(String item) {
    check(onTheirWay.remove(item), "%s arrives, and was not put or is there", item);
    in.add(item);
  }

  /** The coordinator sends it to a taker who asked. */
  void left(String item) {
    check(in.remove(item) || strayed.contains(item), "%s leaves, and is not there", item);
  }

  /** These are on their way to a session, whether it has asked for each or not. */
  void sent(int session, List<String> items) {
    sent.computeIfAbsent(session, id -> new ArrayList<>()).addAll(items);
  }

  /** A process is dead; these have not arrived, so they were not put. */
  void died(int session, List<String> lost) {
    disturbed = true;
    strayed.addAll(sent.getOrDefault(session, List.of()));
    for (String item : lost) {
      onTheirWay.remove(item);
      owed.remove(item);
    }
  }

  /** How often an item has been taken. */
  int takenCount() {
    return takenCount;
  }

  /** These may come out of their order, and again. */
  void strayed(List<String> items) {
    strayed.addAll(items);
  }

  /** It is in the queue again. */
  void cameBack(String item) {
    in.add(item);
  }

  /** A thread takes it. */
  void taken(String item, QueueThread taker) {
    takenCount++;
    in.remove(item); // if it came ahead
    check(owed.contains(item), "%s is taken, and was not put", item);
    QueueThread before = takers.put(item, taker);
    check(before == null || before.isDead(), "%s is taken by %s and by %s", item, before, taker);
    int colon = item.indexOf(':');
    int number = Integer.parseInt(item.substring(colon + 1));
    if (!strayed.contains(item)) {
      String way = item.substring(0, colon) + " to " + taker;
      int last = lastTaken.getOrDefault(way, 0);
      check(number > last, "%s is taken after number %d of its producer by %s", item, last, taker);
      lastTaken.put(way, number);
    }
  }

  /** Somebody is told how many there are. */
  void toldSize(long size) {
    check(disturbed || size == in.size(), "is told to have %d items, and has %s", size, in);
  }

  /** Somebody is told that there is none. */
  void toldEmpty() {
    check(disturbed || in.isEmpty(), "is told to be empty, and has %s", in);
  }

  /** Somebody is told that there is no room. */
  void toldFull() {
    int there = in.size() + onTheirWay.size() + unfilled;
    check(
        capacity > 0 && (disturbed || there >= capacity),
        "is told to be full, and has %s, and %s on their way, and room given to %d puts",
        in,
        onTheirWay,
        unfilled);
  }

  /** No message is on its way any more, and some still wait. */
  void checkWaits(List<String> putters, List<String> takersThatWait) {
    check(onTheirWay.isEmpty(), "never arrived: %s", onTheirWay);
    Set<String> left = new LinkedHashSet<>(owed);
    left.removeAll(takers.keySet());
    check(takersThatWait.isEmpty() || left.isEmpty(), "%s wait for %s", takersThatWait, left);
    check(
        putters.isEmpty() || (capacity > 0 && left.size() + strayed.size() >= capacity),
        "%s wait for room, and there are only %s",
        putters,
        left);
  }

  /** All that was put has been taken. */
  void checkAllTaken() {
    Set<String> lost = new LinkedHashSet<>(owed);
    lost.removeAll(takers.keySet());
    check(lost.isEmpty(), "lost: %s", lost);
  }
}
