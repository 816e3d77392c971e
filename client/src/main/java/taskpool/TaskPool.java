package taskpool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import taskpool.function.Args;
import taskpool.function.Function1;
import taskpool.function.Function2;
import taskpool.function.Function3;
import taskpool.function.Function4;
import taskpool.function.Function5;
import taskpool.sync.SharedObjects;

/**
 * A pool of worker JVMs, after {@code multiprocessing.Pool}: a bounded number of processes that run
 * one task after the other, each task on exactly one of them.
 *
 * <pre>{@code
 * try (TaskPool pool = TaskPool.local(3)) {
 *   TaskHandle<Integer> length = pool.applyAsync(String::length, "river");
 *   List<Integer> squares = pool.map(x -> x * x, List.of(1, 2, 3));
 * }
 * }</pre>
 *
 * <p>A pool can be sent to tasks and to processes, as an argument, captured or in a field, wherever
 * {@code TaskPool} is declared. What arrives is the same pool; only the program that opened it can
 * close it. The unfinished tasks of a process end with it.
 *
 * <p>Safe for use by many threads. Tasks of one pool start in the order in which they were
 * submitted, up to the few milliseconds for which a worker may hold short tasks ahead. A task whose
 * worker dies runs again on another; its handle completes once. A pool that is never closed does
 * not keep the program from ending: its workers end with it, and unfinished tasks are dropped.
 */
public interface TaskPool extends Submitter, SharedObjects, AutoCloseable {

  /**
   * Starts a pool of {@code workers} JVMs on this machine. They run on this program's class path
   * and in its working directory. Does not wait for them: tasks may be submitted at once.
   *
   * @throws IllegalArgumentException if {@code workers} is less than 1
   */
  static TaskPool local(int workers) {
    return builder().workers(workers).start();
  }

  /** Starts a pool with one worker JVM per available processor. */
  static TaskPool local() {
    return builder().start();
  }

  /** A pool to be set up further. */
  static TaskPoolBuilder builder() {
    return new TaskPoolBuilder();
  }

  /**
   * This pool with other options for the tasks that are submitted through what is given back. To
   * close that is to close this pool.
   */
  TaskPool with(TaskOptions options);

  /**
   * Applies a function to every item and waits for all results, in the order of the items. Items
   * are sent in chunks; an empty input gives an empty list at once. The list can't be changed.
   *
   * @throws ExecutionException if a call failed, with the error of the first such item as its
   *     cause; all other calls are made nevertheless
   */
  default <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items)
      throws InterruptedException, ExecutionException {
    return this.<A, R>mapAsync(function, items).get();
  }

  /**
   * Like {@link #map(Function1, Iterable)} with {@code chunkSize} items per task.
   *
   * @throws IllegalArgumentException if {@code chunkSize} is less than 1
   */
  default <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize)
      throws InterruptedException, ExecutionException {
    return this.<A, R>mapAsync(function, items, chunkSize).get();
  }

  /** {@link #map(Function1, Iterable)} without waiting. The input is read before this returns. */
  <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items);

  /** {@link #map(Function1, Iterable, int)} without waiting. */
  <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize);

  /**
   * Applies a function to every item and gives the results in the order of the items, each as soon
   * as it and those before it are ready. The input may be endless. One item per task.
   */
  default <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items) {
    return imap(function, items, 1);
  }

  /**
   * Like {@link #imap(Function1, Iterable)} with {@code chunkSize} items per task.
   *
   * @throws IllegalArgumentException if {@code chunkSize} is less than 1
   */
  <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize);

  /**
   * {@link #imap(Function1, Iterable)} with the results in the order in which they become ready.
   */
  default <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items) {
    return imapUnordered(function, items, 1);
  }

  /** {@link #imap(Function1, Iterable, int)} with the results in the order they become ready. */
  <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize);

  /** {@link #map(Function1, Iterable)} for a function of 2 arguments. */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> starmap(
          Function2<? super A, ? super B, ? extends R> function,
          Iterable<? extends Args.Of2<? extends A, ? extends B>> calls)
          throws InterruptedException, ExecutionException {
    return this.<A, B, R>starmapAsync(function, calls).get();
  }

  /** {@link #starmap(Function2, Iterable)} without waiting. */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function2<? super A, ? super B, ? extends R> function,
          Iterable<? extends Args.Of2<? extends A, ? extends B>> calls) {
    return starmapAsync(Call.template(function), calls);
  }

  /** {@link #map(Function1, Iterable, int)} for a function of 2 arguments. */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> starmap(
          Function2<? super A, ? super B, ? extends R> function,
          Iterable<? extends Args.Of2<? extends A, ? extends B>> calls,
          int chunkSize)
          throws InterruptedException, ExecutionException {
    return this.<A, B, R>starmapAsync(function, calls, chunkSize).get();
  }

  /** {@link #starmap(Function2, Iterable, int)} without waiting. */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function2<? super A, ? super B, ? extends R> function,
          Iterable<? extends Args.Of2<? extends A, ? extends B>> calls,
          int chunkSize) {
    return starmapAsync(Call.template(function), calls, chunkSize);
  }

  /** {@link #map(Function1, Iterable)} for a function of 3 arguments. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          Function3<? super A, ? super B, ? super C, ? extends R> function,
          Iterable<? extends Args.Of3<? extends A, ? extends B, ? extends C>> calls)
          throws InterruptedException, ExecutionException {
    return this.<A, B, C, R>starmapAsync(function, calls).get();
  }

  /** {@link #starmap(Function3, Iterable)} without waiting. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function3<? super A, ? super B, ? super C, ? extends R> function,
          Iterable<? extends Args.Of3<? extends A, ? extends B, ? extends C>> calls) {
    return starmapAsync(Call.template(function), calls);
  }

  /** {@link #map(Function1, Iterable, int)} for a function of 3 arguments. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          Function3<? super A, ? super B, ? super C, ? extends R> function,
          Iterable<? extends Args.Of3<? extends A, ? extends B, ? extends C>> calls,
          int chunkSize)
          throws InterruptedException, ExecutionException {
    return this.<A, B, C, R>starmapAsync(function, calls, chunkSize).get();
  }

  /** {@link #starmap(Function3, Iterable, int)} without waiting. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function3<? super A, ? super B, ? super C, ? extends R> function,
          Iterable<? extends Args.Of3<? extends A, ? extends B, ? extends C>> calls,
          int chunkSize) {
    return starmapAsync(Call.template(function), calls, chunkSize);
  }

  /** {@link #map(Function1, Iterable)} for a function of 4 arguments. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function,
          Iterable<? extends Args.Of4<? extends A, ? extends B, ? extends C, ? extends D>> calls)
          throws InterruptedException, ExecutionException {
    return this.<A, B, C, D, R>starmapAsync(function, calls).get();
  }

  /** {@link #starmap(Function4, Iterable)} without waiting. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function,
          Iterable<? extends Args.Of4<? extends A, ? extends B, ? extends C, ? extends D>> calls) {
    return starmapAsync(Call.template(function), calls);
  }

  /** {@link #map(Function1, Iterable, int)} for a function of 4 arguments. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function,
          Iterable<? extends Args.Of4<? extends A, ? extends B, ? extends C, ? extends D>> calls,
          int chunkSize)
          throws InterruptedException, ExecutionException {
    return this.<A, B, C, D, R>starmapAsync(function, calls, chunkSize).get();
  }

  /** {@link #starmap(Function4, Iterable, int)} without waiting. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function,
          Iterable<? extends Args.Of4<? extends A, ? extends B, ? extends C, ? extends D>> calls,
          int chunkSize) {
    return starmapAsync(Call.template(function), calls, chunkSize);
  }

  /** {@link #map(Function1, Iterable)} for a function of 5 arguments. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function,
          Iterable<
                  ? extends
                      Args.Of5<? extends A, ? extends B, ? extends C, ? extends D, ? extends E>>
              calls)
          throws InterruptedException, ExecutionException {
    return this.<A, B, C, D, E, R>starmapAsync(function, calls).get();
  }

  /** {@link #starmap(Function5, Iterable)} without waiting. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function,
          Iterable<
                  ? extends
                      Args.Of5<? extends A, ? extends B, ? extends C, ? extends D, ? extends E>>
              calls) {
    return starmapAsync(Call.template(function), calls);
  }

  /** {@link #map(Function1, Iterable, int)} for a function of 5 arguments. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function,
          Iterable<
                  ? extends
                      Args.Of5<? extends A, ? extends B, ? extends C, ? extends D, ? extends E>>
              calls,
          int chunkSize)
          throws InterruptedException, ExecutionException {
    return this.<A, B, C, D, E, R>starmapAsync(function, calls, chunkSize).get();
  }

  /** {@link #starmap(Function5, Iterable, int)} without waiting. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<List<R>> starmapAsync(
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function,
          Iterable<
                  ? extends
                      Args.Of5<? extends A, ? extends B, ? extends C, ? extends D, ? extends E>>
              calls,
          int chunkSize) {
    return starmapAsync(Call.template(function), calls, chunkSize);
  }

  /** What all forms of {@code starmap} come to: a function, and its arguments for each call. */
  <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls);

  /** {@link #starmapAsync(Call, Iterable)} with {@code chunkSize} calls per task. */
  <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls, int chunkSize);

  /**
   * A new executor whose tasks run in this pool, with the options of this view if it is one ({@link
   * #with}). Closing it leaves the pool as it is. Does not block.
   */
  PoolExecutor executor();

  /** A new place where tasks that run in this pool are found in the order of their ends. */
  <V> PoolCompletionService<V> completionService();

  /** How many worker JVMs this pool keeps. */
  int workers();

  /**
   * Takes no more tasks from now on; those that were submitted go on. {@code Pool.close} of
   * multiprocessing. Does not block; harmless when repeated.
   */
  void shutdown();

  /**
   * Waits until all tasks have ended and all workers are gone; {@code Pool.join}.
   *
   * @return false if the time ran out first
   * @throws IllegalStateException before {@link #shutdown} or {@link #terminate}
   */
  boolean join(Duration timeout) throws InterruptedException;

  /** Waits without a limit; see {@link #join(Duration)}. */
  void join() throws InterruptedException;

  /**
   * Stops at once: running tasks are killed with their workers, and every unfinished handle ends
   * with a {@link taskpool.error.PoolClosedException} before this returns. Harmless when repeated.
   */
  void terminate();

  /** Whether the pool takes no more tasks. */
  boolean isShutdown();

  /**
   * {@link #shutdown} and {@link #join}. If the thread is interrupted meanwhile, the pool is
   * terminated and the interrupt flag stays set. Harmless when repeated.
   */
  @Override
  void close();
}
