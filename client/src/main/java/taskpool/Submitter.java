package taskpool;

import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import taskpool.function.Action0;
import taskpool.function.Action1;
import taskpool.function.Action2;
import taskpool.function.Action3;
import taskpool.function.Action4;
import taskpool.function.Action5;
import taskpool.function.Function0;
import taskpool.function.Function1;
import taskpool.function.Function2;
import taskpool.function.Function3;
import taskpool.function.Function4;
import taskpool.function.Function5;

/**
 * The ways to submit one call, after {@code multiprocessing.Pool.apply} and {@code apply_async}: a
 * function, then its arguments. Every method here stands for {@link #applyAsync(Call)} or {@link
 * #apply(Call)}, for 0 to 5 arguments, with and without a result.
 */
public interface Submitter {

  /**
   * Submits a call and returns at once with a handle on its result.
   *
   * <p>The arguments are written before this returns, so they may be changed afterwards. While the
   * pool's window of unfinished tasks is full, this blocks (or refuses, if the pool was built so).
   *
   * @throws taskpool.error.NotSendableException if a value can't be sent; it is named
   * @throws taskpool.error.PoolClosedException after shutdown or terminate
   * @throws taskpool.error.PoolFullException if the window is full and the pool refuses
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   *     for room in the window; its interrupt flag stays set
   */
  <R extends @Nullable Object> TaskHandle<R> applyAsync(Call<R> call);

  /**
   * Submits a call and waits for its result.
   *
   * @throws ExecutionException if the task failed; its cause is what the task threw
   * @throws InterruptedException if the thread is interrupted while waiting; the task goes on
   */
  default <R extends @Nullable Object> R apply(Call<R> call)
      throws InterruptedException, ExecutionException {
    return applyAsync(call).get();
  }

  /** Submits a call by name; see {@link #applyAsync(Call)}. */
  default TaskHandle<@Nullable Object> applyAsync(NamedCall call) {
    return applyAsync(call.build());
  }

  /** Runs a call by name and waits for its result; see {@link #apply(Call)}. */
  default @Nullable Object apply(NamedCall call) throws InterruptedException, ExecutionException {
    return apply(call.build());
  }

  /** Submits a call with a result; see {@link #applyAsync(Call)}. */
  default <R extends @Nullable Object> TaskHandle<R> applyAsync(Function0<? extends R> function) {
    return applyAsync(Call.of(function));
  }

  /** Submits a call without a result; see {@link #applyAsync(Call)}. */
  default TaskHandle<@Nullable Void> applyAsync(Action0 action) {
    return applyAsync(Call.of(action));
  }

  /** Runs a call in a worker and waits for its result; see {@link #apply(Call)}. */
  default <R extends @Nullable Object> R apply(Function0<? extends R> function)
      throws InterruptedException, ExecutionException {
    return apply(Call.of(function));
  }

  /** Runs a call in a worker and waits for its end; see {@link #apply(Call)}. */
  default void apply(Action0 action) throws InterruptedException, ExecutionException {
    apply(Call.of(action));
  }

  /** Submits a call with a result; see {@link #applyAsync(Call)}. */
  default <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<R> applyAsync(
      Function1<? super A, ? extends R> function, A a) {
    return applyAsync(Call.of(function, a));
  }

  /** Submits a call without a result; see {@link #applyAsync(Call)}. */
  default <A extends @Nullable Object> TaskHandle<@Nullable Void> applyAsync(
      Action1<? super A> action, A a) {
    return applyAsync(Call.of(action, a));
  }

  /** Runs a call in a worker and waits for its result; see {@link #apply(Call)}. */
  default <A extends @Nullable Object, R extends @Nullable Object> R apply(
      Function1<? super A, ? extends R> function, A a)
      throws InterruptedException, ExecutionException {
    return apply(Call.of(function, a));
  }

  /** Runs a call in a worker and waits for its end; see {@link #apply(Call)}. */
  default <A extends @Nullable Object> void apply(Action1<? super A> action, A a)
      throws InterruptedException, ExecutionException {
    apply(Call.of(action, a));
  }

  /** Submits a call with a result; see {@link #applyAsync(Call)}. */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      TaskHandle<R> applyAsync(Function2<? super A, ? super B, ? extends R> function, A a, B b) {
    return applyAsync(Call.of(function, a, b));
  }

  /** Submits a call without a result; see {@link #applyAsync(Call)}. */
  default <A extends @Nullable Object, B extends @Nullable Object>
      TaskHandle<@Nullable Void> applyAsync(Action2<? super A, ? super B> action, A a, B b) {
    return applyAsync(Call.of(action, a, b));
  }

  /** Runs a call in a worker and waits for its result; see {@link #apply(Call)}. */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      R apply(Function2<? super A, ? super B, ? extends R> function, A a, B b)
          throws InterruptedException, ExecutionException {
    return apply(Call.of(function, a, b));
  }

  /** Runs a call in a worker and waits for its end; see {@link #apply(Call)}. */
  default <A extends @Nullable Object, B extends @Nullable Object> void apply(
      Action2<? super A, ? super B> action, A a, B b)
      throws InterruptedException, ExecutionException {
    apply(Call.of(action, a, b));
  }

  /** Submits a call with a result; see {@link #applyAsync(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<R> applyAsync(
          Function3<? super A, ? super B, ? super C, ? extends R> function, A a, B b, C c) {
    return applyAsync(Call.of(function, a, b, c));
  }

  /** Submits a call without a result; see {@link #applyAsync(Call)}. */
  default <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      TaskHandle<@Nullable Void> applyAsync(
          Action3<? super A, ? super B, ? super C> action, A a, B b, C c) {
    return applyAsync(Call.of(action, a, b, c));
  }

  /** Runs a call in a worker and waits for its result; see {@link #apply(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      R apply(Function3<? super A, ? super B, ? super C, ? extends R> function, A a, B b, C c)
          throws InterruptedException, ExecutionException {
    return apply(Call.of(function, a, b, c));
  }

  /** Runs a call in a worker and waits for its end; see {@link #apply(Call)}. */
  default <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      void apply(Action3<? super A, ? super B, ? super C> action, A a, B b, C c)
          throws InterruptedException, ExecutionException {
    apply(Call.of(action, a, b, c));
  }

  /** Submits a call with a result; see {@link #applyAsync(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<R> applyAsync(
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function,
          A a,
          B b,
          C c,
          D d) {
    return applyAsync(Call.of(function, a, b, c, d));
  }

  /** Submits a call without a result; see {@link #applyAsync(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      TaskHandle<@Nullable Void> applyAsync(
          Action4<? super A, ? super B, ? super C, ? super D> action, A a, B b, C c, D d) {
    return applyAsync(Call.of(action, a, b, c, d));
  }

  /** Runs a call in a worker and waits for its result; see {@link #apply(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      R apply(
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function,
          A a,
          B b,
          C c,
          D d)
          throws InterruptedException, ExecutionException {
    return apply(Call.of(function, a, b, c, d));
  }

  /** Runs a call in a worker and waits for its end; see {@link #apply(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      void apply(Action4<? super A, ? super B, ? super C, ? super D> action, A a, B b, C c, D d)
          throws InterruptedException, ExecutionException {
    apply(Call.of(action, a, b, c, d));
  }

  /** Submits a call with a result; see {@link #applyAsync(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      TaskHandle<R> applyAsync(
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function,
          A a,
          B b,
          C c,
          D d,
          E e) {
    return applyAsync(Call.of(function, a, b, c, d, e));
  }

  /** Submits a call without a result; see {@link #applyAsync(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      TaskHandle<@Nullable Void> applyAsync(
          Action5<? super A, ? super B, ? super C, ? super D, ? super E> action,
          A a,
          B b,
          C c,
          D d,
          E e) {
    return applyAsync(Call.of(action, a, b, c, d, e));
  }

  /** Runs a call in a worker and waits for its result; see {@link #apply(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      R apply(
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function,
          A a,
          B b,
          C c,
          D d,
          E e)
          throws InterruptedException, ExecutionException {
    return apply(Call.of(function, a, b, c, d, e));
  }

  /** Runs a call in a worker and waits for its end; see {@link #apply(Call)}. */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      void apply(
          Action5<? super A, ? super B, ? super C, ? super D, ? super E> action,
          A a,
          B b,
          C c,
          D d,
          E e)
          throws InterruptedException, ExecutionException {
    apply(Call.of(action, a, b, c, d, e));
  }
}
