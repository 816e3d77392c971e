package taskpool;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import taskpool.codec.Closure;
import taskpool.error.NotSendableException;
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
 * A function and its arguments, ready to be submitted. Immutable as long as the arguments are.
 *
 * <p>A function is a static method, a constructor, a method of a value that can be sent, or a
 * lambda whose captured values can be sent; see {@link taskpool.function}. Values are sent as data,
 * by the declared types of the method's parameters. Creating a call blocks on nothing; it throws
 * {@link NotSendableException} if the function itself can't be sent. The arguments are looked at
 * when the call is submitted.
 *
 * @param <R> what the function returns
 */
@SuppressWarnings("UnusedTypeParameter") // it types the handle that submitting gives
public final class Call<R extends @Nullable Object> {
  private final Closure closure;
  private final List<? extends @Nullable Object> arguments;
  private final Optional<TaskOptions> options;

  Call(Closure closure, List<? extends @Nullable Object> arguments) {
    this(closure, arguments, Optional.empty());
  }

  private Call(
      Closure closure, List<? extends @Nullable Object> arguments, Optional<TaskOptions> options) {
    this.closure = closure;
    this.arguments = arguments;
    this.options = options;
  }

  /**
   * A function by name, {@code "com.acme.Sing#sing"}: a public or private static method, found in
   * this process at once.
   *
   * @throws IllegalArgumentException if there is no such class or static method
   */
  public static NamedCall named(String name) {
    return NamedCall.of(name);
  }

  /** A function whose arguments come later, for {@code starmap}. */
  public static <R extends @Nullable Object> Call<R> template(Serializable function) {
    return new Call<>(Closure.of(function), List.of());
  }

  /**
   * A callable: a lambda that is serializable too, or an object of a named class whose fields can
   * be sent.
   */
  public static <R extends @Nullable Object> Call<R> ofCallable(Callable<? extends R> callable) {
    return new Call<>(Closure.ofCallable(callable), List.of());
  }

  /** A runnable; see {@link #ofCallable}. */
  public static Call<@Nullable Void> ofRunnable(Runnable runnable) {
    return new Call<>(Closure.ofRunnable(runnable), List.of());
  }

  /** The same call with these options, and none of the pool's. */
  public Call<R> with(TaskOptions options) {
    return new Call<>(closure, arguments, Optional.of(Objects.requireNonNull(options, "options")));
  }

  /** Its own options; where there are none the pool's count. */
  public Optional<TaskOptions> options() {
    return options;
  }

  /** The function and its captured values. */
  public Closure closure() {
    return closure;
  }

  /** The arguments, without captured values. */
  public List<? extends @Nullable Object> arguments() {
    return arguments;
  }

  private static <R extends @Nullable Object> Call<R> take(
      Serializable function, @Nullable Object... arguments) {
    return new Call<>(Closure.of(function), Arrays.asList(arguments));
  }

  /** A call of a function with a result. */
  public static <R extends @Nullable Object> Call<R> of(Function0<? extends R> function) {
    return take(function);
  }

  /** A call of a function without a result. */
  public static Call<@Nullable Void> of(Action0 action) {
    return take(action);
  }

  /** A call of a function with a result. */
  public static <A extends @Nullable Object, R extends @Nullable Object> Call<R> of(
      Function1<? super A, ? extends R> function, A a) {
    return take(function, a);
  }

  /** A call of a function without a result. */
  public static <A extends @Nullable Object> Call<@Nullable Void> of(
      Action1<? super A> action, A a) {
    return take(action, a);
  }

  /** A call of a function with a result. */
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Call<R> of(Function2<? super A, ? super B, ? extends R> function, A a, B b) {
    return take(function, a, b);
  }

  /** A call of a function without a result. */
  public static <A extends @Nullable Object, B extends @Nullable Object> Call<@Nullable Void> of(
      Action2<? super A, ? super B> action, A a, B b) {
    return take(action, a, b);
  }

  /** A call of a function with a result. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      Call<R> of(Function3<? super A, ? super B, ? super C, ? extends R> function, A a, B b, C c) {
    return take(function, a, b, c);
  }

  /** A call of a function without a result. */
  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      Call<@Nullable Void> of(Action3<? super A, ? super B, ? super C> action, A a, B b, C c) {
    return take(action, a, b, c);
  }

  /** A call of a function with a result. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      Call<R> of(
          Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function,
          A a,
          B b,
          C c,
          D d) {
    return take(function, a, b, c, d);
  }

  /** A call of a function without a result. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      Call<@Nullable Void> of(
          Action4<? super A, ? super B, ? super C, ? super D> action, A a, B b, C c, D d) {
    return take(action, a, b, c, d);
  }

  /** A call of a function with a result. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      Call<R> of(
          Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function,
          A a,
          B b,
          C c,
          D d,
          E e) {
    return take(function, a, b, c, d, e);
  }

  /** A call of a function without a result. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      Call<@Nullable Void> of(
          Action5<? super A, ? super B, ? super C, ? super D, ? super E> action,
          A a,
          B b,
          C c,
          D d,
          E e) {
    return take(action, a, b, c, d, e);
  }
}
