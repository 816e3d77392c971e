package taskpool.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps account of the semaphore, the barrier and the queue of a run, and throws when somebody gets
 * what must not be his.
 */
final class SyncLedger {
  static final int PERMITS = 3;
  static final int PARTIES = 2;

  private final Trace trace;
  private final Map<SimulatedClient, Integer> permits = new HashMap<>();
  private final long[] met = new long[PARTIES];
  private boolean anyDied;

  private final Set<String> owed = new LinkedHashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, SimulatedClient> takers = new LinkedHashMap<>();
  private final Map<String, Integer> lastTaken = new HashMap<>();

  /** Items that may come out of their order: somebody did not want them any more. */
  private final Set<String> strayed = new HashSet<>();

  private long takenCount;

  SyncLedger(Trace trace) {
    this.trace = trace;
  }

  /** A client is dead: what only it knew nobody can ask for. */
  void died(SimulatedClient client) {
    anyDied = true;
    owed.removeIf(item -> item.startsWith(client.session + ".") && !takers.containsKey(item));
  }

  void permitsTaken(SimulatedClient client, int count) {
    trace.log("%s has %d permits more", client, count);
    permits.merge(client, count, Integer::sum);
    permits.keySet().removeIf(SimulatedClient::isDead);
    int out = permits.values().stream().mapToInt(Integer::intValue).sum();
    Ledger.check(out <= PERMITS, "permits that are out: " + permits);
  }

  void permitsReturned(SimulatedClient client, int count) {
    permits.merge(client, -count, Integer::sum);
  }

  void met(SimulatedClient client, long index) {
    trace.log("%s goes on with index %d", client, index);
    Ledger.check(index >= 0 && index < PARTIES, "a party has index " + index);
    met[(int) index]++;
  }

  /** An item is on its way, and may be taken before its put is answered. */
  void mayBePut(String item) {
    known.add(item);
  }

  void put(String item) {
    known.add(item);
    owed.add(item);
  }

  void strayed(String item) {
    strayed.add(item);
  }

  void taken(String item, SimulatedClient client, String thread) {
    trace.log("%s takes item %s", thread, item);
    takenCount++;
    Ledger.check(known.contains(item), "an item that nobody has put: " + item);
    SimulatedClient before = takers.put(item, client);
    Ledger.check(
        before == null || before.isDead(),
        "%s is taken by %s, and %s".formatted(item, before, client));
    int colon = item.indexOf(':');
    int number = Integer.parseInt(item.substring(colon + 1));
    String way = item.substring(0, colon) + " to " + thread;
    int last = lastTaken.getOrDefault(way, 0);
    if (!anyDied && !strayed.contains(item)) {
      Ledger.check(number > last, "%s is taken after %d by %s".formatted(item, last, thread));
    }
    lastTaken.put(way, Math.max(last, number));
  }

  long takenCount() {
    return takenCount;
  }

  /** All is at rest, and the queue has been emptied. */
  void checkEnd() {
    Set<String> lost = new LinkedHashSet<>(owed);
    lost.removeAll(takers.keySet());
    Ledger.check(lost.isEmpty(), "items that never came out: " + lost);
    for (long count : met) {
      Ledger.check(
          anyDied || count == met[0], "not as many parties went on with each index: " + met[0]);
    }
  }
}
