package taskpool.system.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import taskpool.function.Action1;
import taskpool.function.Function1;
import taskpool.function.Function2;
import taskpool.sync.SharedObjects;

/**
 * One of those who share a primitive. All that it does is done by one thread, wherever that is, so
 * it can own a lock. What it is given to do must not capture anything but plain values.
 */
final class Party<P> {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Seat seat;
  private final Function2<SharedObjects, String, P> source;
  private final String name;

  Party(Seat seat, Function2<SharedObjects, String, P> source, String name) {
    this.seat = seat;
    this.source = source;
    this.name = name;
  }

  /** Something that a party does, while others go on. */
  final class Doing<R> {
    private final CompletableFuture<R> end;

    private Doing(CompletableFuture<R> end) {
      this.end = end;
    }

    /** Waits until it waits, and the coordinator knows that it does. */
    Doing<R> thatWaits() throws Exception {
      Void unused = result(seat.waits());
      return this;
    }

    boolean isDone() {
      return end.isDone();
    }

    /** Interrupts the thread that does it. */
    Doing<R> interrupted() {
      seat.interrupt();
      return this;
    }

    /** Waits for its result; throws what it throws. */
    R get() throws Exception {
      return result(end);
    }
  }

  private static <R> R result(CompletableFuture<R> end) throws Exception {
    try {
      return end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("not done within " + LIMIT, e);
    }
  }

  /** Begins something. */
  <R> Doing<R> start(Function1<? super P, R> step) {
    return new Doing<>(seat.does(new Work<>(source, name, step)));
  }

  /** Begins something that has no result. */
  Doing<Void> begin(Action1<? super P> step) {
    return start(
        primitive -> {
          step.run(primitive);
          return null;
        });
  }

  /** Does something, and gives the result; throws what it throws. */
  <R> R ask(Function1<? super P, R> step) throws Exception {
    return start(step).get();
  }

  /** Whether something is so. */
  boolean is(Function1<? super P, Boolean> step) throws Exception {
    return ask(step);
  }

  /** How many there are of something. */
  long number(Function1<? super P, ? extends Number> step) throws Exception {
    return ask(step).longValue();
  }

  /** Does something; throws what it throws. */
  void run(Action1<? super P> step) throws Exception {
    Void unused = begin(step).get();
  }
}
