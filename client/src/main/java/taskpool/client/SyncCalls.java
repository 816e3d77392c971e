package taskpool.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import taskpool.error.PoolClosedException;
import taskpool.node.BriefSpin;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.spi.CurrentTask;

/**
 * Asks the coordinator's primitives over a session, and waits for their answers. Thread-safe.
 *
 * <p>Only the coordinator decides whether a wait was granted or its time was over. A thread that is
 * interrupted withdraws its request and waits for the word on that: what was granted all the same
 * is given back.
 */
public final class SyncCalls {
  private static final ThreadLocal<BriefSpin> SPIN = ThreadLocal.withInitial(BriefSpin::new);

  private final LongSupplier ids;
  private final Consumer<Consumer<ClientSession>> session;
  private final AtomicInteger lastObject = new AtomicInteger();

  /**
   * Creates it.
   *
   * @param ids numbers requests, apart from the session's tasks
   * @param session hands something to the session's actor
   */
  SyncCalls(LongSupplier ids, Consumer<Consumer<ClientSession>> session) {
    this.ids = ids;
    this.session = session;
  }

  /** An object of this name, which is made if it is not there; gives its number. Does not block. */
  public int open(SyncKind kind, String name, long parameter) {
    int object = lastObject.incrementAndGet();
    byte[] text = name.getBytes(UTF_8);
    byte[] payload = new byte[1 + text.length];
    payload[0] = kindNumber(kind);
    System.arraycopy(text, 0, payload, 1, text.length);
    tell(object, SyncOperation.OPEN, parameter, payload);
    return object;
  }

  @SuppressWarnings("EnumOrdinal") // it is what travels
  private static byte kindNumber(SyncKind kind) {
    return (byte) kind.ordinal();
  }

  /** Says something that is not answered. Does not block. */
  public void tell(int object, SyncOperation operation, long argument, byte @Nullable [] payload) {
    SyncRequest request = new SyncRequest(ids.getAsLong(), object, operation, argument, 0, payload);
    session.accept(client -> client.tell(request));
  }

  /** Asks what is answered at once, whatever the state; an interrupt does not end the wait. */
  public SyncReply ask(
      int object, SyncOperation operation, long argument, byte @Nullable [] payload) {
    Pending pending = send(object, operation, argument, 0, payload);
    return pending.awaitUninterruptibly();
  }

  /**
   * Asks what may have to wait.
   *
   * @param timeoutNanos how long; 0 for not at all, {@link SyncRequest#FOR_EVER}
   * @param giveBack is given an answer that grants something and that nobody wants any more
   * @throws InterruptedException if the thread is interrupted before or while it waits; it holds
   *     nothing then
   */
  public SyncReply await(
      int object,
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload,
      Consumer<SyncReply> giveBack)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Pending pending = send(object, operation, argument, timeoutNanos, payload);
    try {
      return pending.await();
    } catch (InterruptedException e) {
      tell(object, SyncOperation.WITHDRAW, pending.id, null);
      SyncReply reply = pending.awaitUninterruptibly();
      if (reply.status() != Status.WITHDRAWN && reply.status() != Status.TIMED_OUT) {
        giveBack.accept(reply);
      }
      throw e;
    }
  }

  /** Asks what may have to wait, for as long as it takes; an interrupt does not end the wait. */
  public SyncReply awaitUninterruptibly(
      int object, SyncOperation operation, long argument, byte @Nullable [] payload) {
    return send(object, operation, argument, SyncRequest.FOR_EVER, payload).awaitUninterruptibly();
  }

  private Pending send(
      int object,
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload) {
    Pending pending = new Pending(ids.getAsLong());
    SyncRequest request =
        new SyncRequest(pending.id, object, operation, argument, timeoutNanos, payload);
    session.accept(client -> client.request(request, pending));
    return pending;
  }

  /** A request and its answer. */
  private static final class Pending implements ClientSession.ReplyListener {
    final long id;
    private final CompletableFuture<SyncReply> answer = new CompletableFuture<>();

    Pending(long id) {
      this.id = id;
    }

    @Override
    public void onReply(SyncReply reply) {
      answer.complete(reply);
    }

    @Override
    public void onAbandoned(Throwable reason) {
      answer.completeExceptionally(reason);
    }

    SyncReply await() throws InterruptedException {
      try {
        if (!answer.isDone()) {
          BriefSpin spin = SPIN.get();
          spin.await(answer::isDone);
          if (!answer.isDone()) {
            CurrentTask.lendSlot();
            try {
              answer.get();
            } finally {
              CurrentTask.takeSlotBack();
            }
          }
          spin.learn();
        }
        return answer.get();
      } catch (ExecutionException e) {
        throw closed(e.getCause());
      }
    }

    SyncReply awaitUninterruptibly() {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return await();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static RuntimeException closed(@Nullable Throwable reason) {
      String why = reason == null ? "" : ": " + reason.getMessage();
      return new PoolClosedException("the pool has ended" + why);
    }
  }
}
