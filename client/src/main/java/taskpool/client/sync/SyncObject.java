package taskpool.client.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import taskpool.client.PoolReference;
import taskpool.client.SyncCalls;
import taskpool.client.SyncCalls.Handler;
import taskpool.client.SyncCalls.Teller;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** One primitive as a session knows it; opened at its first use. Thread-safe. */
final class SyncObject {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Supplier<SyncCalls> session;
  private final PoolReference pool;
  private final SyncKind kind;
  private final String name;
  private final long parameter;
  private final byte[] initial;
  private @Nullable Consumer<Teller> onRecall;
  private @Nullable SyncCalls calls;
  private int number;

  SyncObject(
      Supplier<SyncCalls> session,
      PoolReference pool,
      SyncKind kind,
      String name,
      long parameter,
      byte[] initial) {
    this.session = session;
    this.pool = pool;
    this.kind = kind;
    this.name = name;
    this.parameter = parameter;
    this.initial = initial;
  }

  /** What to say when something is recalled; to be set before the first use. */
  synchronized void onRecall(Consumer<Teller> answer) {
    onRecall = answer;
  }

  private synchronized SyncCalls opened() {
    SyncCalls known = calls;
    if (known == null) {
      known = session.get();
      number = known.open(kind, name, parameter, initial);
      Consumer<Teller> answer = onRecall;
      if (answer != null) {
        known.onRecall(number, answer);
      }
      calls = known;
    }
    return known;
  }

  /** Asks what is answered at once. */
  SyncReply ask(SyncOperation operation, long argument, byte @Nullable [] payload) {
    return ask(operation, argument, payload, Handler.KEEPS);
  }

  SyncReply ask(
      SyncOperation operation, long argument, byte @Nullable [] payload, Handler handler) {
    return checked(opened().ask(number, operation, argument, payload, handler));
  }

  SyncReply ask(SyncOperation operation, long argument) {
    return ask(operation, argument, null);
  }

  SyncReply ask(SyncOperation operation) {
    return ask(operation, 0, null);
  }

  /** Says something that is not answered. */
  void tell(SyncOperation operation, long argument) {
    tell(operation, argument, null);
  }

  /** The same with a payload. */
  void tell(SyncOperation operation, long argument, byte @Nullable [] payload) {
    opened().tell(number, operation, argument, payload);
  }

  /** Lets something be said soon; see {@link SyncCalls#tellSoon}. */
  void tellSoon(Consumer<Teller> speech) {
    opened().tellSoon(number, speech);
  }

  /** Asks what may have to wait; see {@link SyncCalls#await}. */
  SyncReply await(
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload,
      Handler handler)
      throws InterruptedException {
    return checked(opened().await(number, operation, argument, timeoutNanos, payload, handler));
  }

  /** The same for as long as it takes, whether the thread is interrupted or not. */
  SyncReply awaitUninterruptibly(
      SyncOperation operation, long argument, byte @Nullable [] payload) {
    return checked(opened().awaitUninterruptibly(number, operation, argument, payload));
  }

  /** The same for what can't be given back. */
  boolean await(SyncOperation operation, long timeoutNanos) throws InterruptedException {
    return await(operation, 0, timeoutNanos, null, Handler.KEEPS).status() != Status.TIMED_OUT;
  }

  private SyncReply checked(SyncReply reply) {
    if (reply.status() == Status.REFUSED) {
      byte[] why = reply.payload();
      throw new IllegalStateException(
          "%s can't do that%s"
              .formatted(
                  this, why == null || why.length == 0 ? "" : ": " + new String(why, UTF_8)));
    }
    return reply;
  }

  /** A time-out as it travels: not at all for zero and less. */
  static long nanos(Duration timeout) {
    if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
      return 0;
    }
    return timeout.compareTo(LONGEST) < 0 ? timeout.toNanos() : SyncRequest.FOR_EVER;
  }

  SyncReference reference(String part) {
    return new SyncReference(pool, kind, name, parameter, initial, part);
  }

  /** The number that a payload is, such as the one that an object was made with. */
  static int number(byte @Nullable [] payload) {
    return payload == null || payload.length < Integer.BYTES
        ? 0
        : ByteBuffer.wrap(payload).getInt();
  }

  @Override
  public String toString() {
    return "%s \"%s\"".formatted(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), name);
  }
}
