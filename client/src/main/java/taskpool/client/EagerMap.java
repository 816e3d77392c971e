package taskpool.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import taskpool.Call;
import taskpool.TaskHandle;
import taskpool.codec.Arguments;
import taskpool.codec.Closure;
import taskpool.codec.Results;
import taskpool.function.Args;
import taskpool.protocol.Terms;

/**
 * A map whose input is read and submitted at once, in chunks that are a task each; {@link LazyMap}
 * is the other kind.
 */
final class EagerMap {
  /** A chunk size that is left to us. */
  static final int ANY_SIZE = 0;

  /** Chunks per slot of one that is left to us: as {@code multiprocessing} does. */
  private static final int CHUNKS_PER_SLOT = 4;

  private EagerMap() {}

  /** One call for each item. */
  static <R extends @Nullable Object> TaskHandle<List<R>> start(
      SessionPool pool,
      Call<?> function,
      Iterable<? extends @Nullable Object> items,
      int chunkSize) {
    return submit(pool, function, listOf(items), 1, chunkSize);
  }

  /** One call for each list of arguments. */
  static <R extends @Nullable Object> TaskHandle<List<R>> startStar(
      SessionPool pool, Call<R> function, Iterable<? extends Args> calls, int chunkSize) {
    if (!function.arguments().isEmpty()) {
      throw new IllegalArgumentException(
          "a call for starmap must have no arguments of its own, not " + function.arguments());
    }
    Closure closure = function.closure();
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Args call : calls) {
      Arguments.checkCount(closure, call.values());
      arguments.addAll(call.values());
    }
    return submit(pool, function, arguments, closure.function().arity(), chunkSize);
  }

  /** Submits calls of {@code arity} arguments each, which stand one after the other. */
  private static <R extends @Nullable Object> TaskHandle<List<R>> submit(
      SessionPool pool,
      Call<?> function,
      List<? extends @Nullable Object> arguments,
      int arity,
      int chunkSize) {
    Closure closure = function.closure();
    Terms terms = pool.termsOfMap(function);
    pool.checkOpen();
    int calls = arguments.size() / arity;
    int size = chunkSize == ANY_SIZE ? chunkSize(calls, pool.slots()) : chunkSize;
    List<PendingTask> tasks = new ArrayList<>();
    try {
      for (int from = 0, to; from < calls; from = to) {
        to = (int) Math.min(calls, (long) from + size);
        byte[] payload = pool.encodeBulk(closure, arguments.subList(from * arity, to * arity));
        tasks.add(pool.submit(closure, true, to - from, terms, payload, end -> {}));
      }
    } catch (RuntimeException e) {
      tasks.forEach(task -> pool.cancel(task.number(), false));
      throw e;
    }
    return pool.handle(tasks, Results::concat);
  }

  private static int chunkSize(int calls, int slots) {
    int chunks = slots * CHUNKS_PER_SLOT;
    return Math.max(1, (calls + chunks - 1) / chunks);
  }

  private static <T extends @Nullable Object> List<? extends T> listOf(
      Iterable<? extends T> items) {
    if (items instanceof List<? extends T> list && items instanceof RandomAccess) {
      return list;
    }
    if (items instanceof Collection<? extends T> collection) {
      return new ArrayList<>(collection);
    }
    List<T> list = new ArrayList<>();
    Objects.requireNonNull(items, "items").forEach(list::add);
    return list;
  }
}
