package taskpool.coordinator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Outcome;

/**
 * Tasks that are the same because their submitters say so, by key, whatever session they are of:
 * one of them runs, the others wait for its result. A result is remembered for those that come
 * later; what failed, was cancelled or was lost is not, and the next one runs. Confined to the
 * coordinator.
 */
final class SameKey {
  /** So much is remembered; what was not asked for longest is forgotten first. */
  private static final int MAX_RESULTS = 10_000;

  private static final long MAX_RESULT_BYTES = 32L * 1024 * 1024;

  private record Result(byte[] function, Outcome outcome) {
    int bytes() {
      byte[] payload = outcome.payload();
      return function.length + (payload == null ? 0 : payload.length);
    }
  }

  /** The first of each is the one that runs. */
  private final Map<String, ArrayDeque<Task>> unfinished = new HashMap<>();

  private final LinkedHashMap<String, Result> results = new LinkedHashMap<>(16, 0.75f, true);
  private long resultBytes;

  /** The remembered result of a key, or null. */
  @Nullable Outcome resultOf(String key) {
    Result known = results.get(key);
    return known == null ? null : known.outcome;
  }

  /** Whether a key that is in use, or has a result, belongs to a call of another function. */
  boolean isTaken(String key, byte[] function) {
    Result known = results.get(key);
    ArrayDeque<Task> same = unfinished.get(key);
    byte[] first =
        known != null ? known.function : same == null ? function : same.element().function;
    return !Arrays.equals(first, function);
  }

  /** Takes a task in whose key has no result; true if it is the one to run. */
  boolean add(String key, Task task) {
    ArrayDeque<Task> same = unfinished.computeIfAbsent(key, k -> new ArrayDeque<>());
    same.add(task);
    return same.size() == 1;
  }

  /** One of those that wait for another has ended. */
  void leaves(String key, Task task) {
    ArrayDeque<Task> same = unfinished.get(key);
    if (same != null) {
      same.remove(task);
    }
  }

  /** The one that ran has a result, which is remembered; gives those that have waited for it. */
  List<Task> finished(String key, Task task, Outcome outcome) {
    remember(key, new Result(task.function, outcome));
    ArrayDeque<Task> same = unfinished.remove(key);
    if (same == null) {
      return List.of();
    }
    same.remove(task);
    return List.copyOf(same);
  }

  /** The one that ran has ended without a result; gives the one that runs next, or null. */
  @Nullable Task failed(String key, Task task) {
    ArrayDeque<Task> same = unfinished.get(key);
    if (same == null) {
      return null;
    }
    same.remove(task);
    if (same.isEmpty()) {
      unfinished.remove(key);
    }
    return same.peek();
  }

  private void remember(String key, Result result) {
    Result before = results.put(key, result);
    resultBytes += result.bytes() - (before == null ? 0 : before.bytes());
    Iterator<Result> oldest = results.values().iterator();
    while (results.size() > MAX_RESULTS || (resultBytes > MAX_RESULT_BYTES && results.size() > 1)) {
      resultBytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}
