package taskpool.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import taskpool.TaskContext;
import taskpool.error.DeadlockException;
import taskpool.error.PoolClosedException;
import taskpool.node.BriefSpin;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOpening;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.spi.CurrentProcess;
import taskpool.spi.CurrentTask;

/**
 * Asks the coordinator's primitives over a session, and waits for their answers. Thread-safe.
 *
 * <p>Only the coordinator decides whether a wait was granted or its time was over. A thread that is
 * interrupted withdraws its request and waits for the word on that: what was granted all the same
 * is given back.
 */
public final class SyncCalls {
  /** Who waits longer for a lock wants to know whether it will ever end. */
  private static final long LONG_MILLIS = 1_000;

  /** What is to be done with an answer besides returning it. */
  public interface Handler {
    /** It cannot be given back, so it counts. */
    Handler KEEPS = reply -> false;

    /** It has come. On the session's thread, in the order of the coordinator's answers. */
    default void arrived(SyncReply reply) {}

    /**
     * It grants something, and nobody wants it any more.
     *
     * @return whether it has been given back; else it counts, and the thread stays interrupted
     */
    boolean giveBack(SyncReply reply);
  }

  /** Says things to one object, on the session's thread. */
  public interface Teller {
    /** Says something that is not answered. */
    void tell(SyncOperation operation, long argument, byte @Nullable [] payload);
  }

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

  /**
   * An object of this name, which is made if it is not there; gives its number. Does not block.
   *
   * @param parameter what it is made with, as far as that is a number
   * @param initial the same, as far as it is none
   */
  public int open(SyncKind kind, String name, long parameter, byte[] initial) {
    int object = lastObject.incrementAndGet();
    long party = CurrentProcess.get().party();
    SyncOpening opening = new SyncOpening(kind, name, initial, process(), party);
    tell(object, SyncOperation.OPEN, parameter, opening.encode());
    return object;
  }

  /** Says something that is not answered. Does not block. */
  public void tell(int object, SyncOperation operation, long argument, byte @Nullable [] payload) {
    SyncRequest request = new SyncRequest(ids.getAsLong(), object, operation, argument, 0, payload);
    session.accept(client -> client.tell(request));
  }

  /**
   * Lets something be said when the session's thread comes to it, which is before anything that is
   * asked or told after this call. Does not block.
   */
  public void tellSoon(int object, Consumer<Teller> speech) {
    session.accept(client -> speech.accept(teller(client, object)));
  }

  private Teller teller(ClientSession client, int object) {
    return (operation, argument, payload) ->
        client.tell(new SyncRequest(ids.getAsLong(), object, operation, argument, 0, payload));
  }

  /** Wants to know when an object recalls something; the answer is to be said at once. */
  public void onRecall(int object, Consumer<Teller> answer) {
    session.accept(
        client ->
            client.listen(
                -object,
                new ClientSession.ReplyListener() {
                  @Override
                  public void onReply(SyncReply reply) {
                    answer.accept(teller(client, object));
                  }

                  @Override
                  public void onAbandoned(Throwable reason) {
                    answer.accept((operation, argument, payload) -> {}); // to nobody
                  }
                }));
  }

  /** Asks what is answered at once, whatever the state; an interrupt does not end the wait. */
  public SyncReply ask(
      int object,
      SyncOperation operation,
      long argument,
      byte @Nullable [] payload,
      Handler handler) {
    return send(object, operation, argument, 0, payload, handler).awaitUninterruptibly();
  }

  /**
   * Asks what may have to wait.
   *
   * @param timeoutNanos how long; 0 for not at all, {@link SyncRequest#FOR_EVER}
   * @throws InterruptedException if the thread is interrupted before or while it waits; it holds
   *     nothing then
   * @throws DeadlockException if it waits for a lock, and the owner waits for one of its own
   */
  public SyncReply await(
      int object,
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload,
      Handler handler)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Pending pending = send(object, operation, argument, timeoutNanos, payload, handler);
    try {
      return pending.await();
    } catch (InterruptedException e) {
      SyncReply reply = withdraw(pending);
      if (isOver(reply) || handler.giveBack(reply)) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return reply;
    } catch (DeadlockException e) {
      return unlessOver(withdraw(pending), e);
    }
  }

  private SyncReply withdraw(Pending pending) {
    SyncRequest request = pending.request;
    tell(request.object(), SyncOperation.WITHDRAW, request.id(), null);
    return pending.awaitUninterruptibly();
  }

  /** Somebody else may have given way meanwhile. */
  private static SyncReply unlessOver(SyncReply reply, DeadlockException deadlock) {
    if (isOver(reply)) {
      throw deadlock;
    }
    return reply;
  }

  private static boolean isOver(SyncReply reply) {
    return reply.status() == Status.WITHDRAWN || reply.status() == Status.TIMED_OUT;
  }

  /** Asks what may have to wait, for as long as it takes; an interrupt does not end the wait. */
  public SyncReply awaitUninterruptibly(
      int object, SyncOperation operation, long argument, byte @Nullable [] payload) {
    Pending pending =
        send(object, operation, argument, SyncRequest.FOR_EVER, payload, Handler.KEEPS);
    try {
      return pending.awaitUninterruptibly();
    } catch (DeadlockException e) {
      return unlessOver(withdraw(pending), e);
    }
  }

  private Pending send(
      int object,
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload,
      Handler handler) {
    SyncRequest request =
        new SyncRequest(ids.getAsLong(), object, operation, argument, timeoutNanos, payload);
    Pending pending = new Pending(request, handler);
    session.accept(client -> client.request(request, pending));
    return pending;
  }

  /** Names this process for others: {@code worker-1 (pid 4711)}. */
  private static String process() {
    String name =
        TaskContext.find().map(TaskContext::workerName).orElse(CurrentProcess.get().name());
    return "%s (pid %d)".formatted(name, ProcessHandle.current().pid());
  }

  /** Names the task that runs on this thread, else the thread. */
  private static String thread() {
    String name =
        TaskContext.find()
            .map(task -> "task " + task.taskId())
            .orElse("thread \"" + Thread.currentThread().getName() + "\"");
    return name + " of " + process();
  }

  /** A request and its answer. */
  private final class Pending implements ClientSession.ReplyListener {
    final SyncRequest request;
    private final CompletableFuture<SyncReply> answer = new CompletableFuture<>();
    private final Handler handler;
    private boolean saidToBeLong;

    Pending(SyncRequest request, Handler handler) {
      this.request = request;
      this.handler = handler;
    }

    @Override
    public void onReply(SyncReply reply) {
      handler.arrived(reply);
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
              awaitLong();
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

    private void awaitLong() throws InterruptedException, ExecutionException {
      boolean endless =
          request.operation() == SyncOperation.ACQUIRE
              && request.timeoutNanos() == SyncRequest.FOR_EVER;
      if (endless && !saidToBeLong) {
        try {
          SyncReply unused = answer.get(LONG_MILLIS, TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          saidToBeLong = true;
          checkForDeadlock();
        }
      }
      SyncReply unused = answer.get();
    }

    /** The slot is lent already, so nothing is lent for this question. */
    private void checkForDeadlock() throws InterruptedException, ExecutionException {
      byte[] who = thread().getBytes(UTF_8);
      Pending question =
          send(request.object(), SyncOperation.WAITS_LONG, request.id(), 0, who, Handler.KEEPS);
      SyncReply reply = question.answer.get();
      byte[] circle = reply.payload();
      if (reply.status() == Status.DEADLOCK && circle != null) {
        throw new DeadlockException("deadlock: " + new String(circle, UTF_8));
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

    private RuntimeException closed(@Nullable Throwable reason) {
      String why =
          reason instanceof PoolClosedException orderly
              ? String.valueOf(orderly.getMessage())
              : "the pool has ended: " + reason;
      PoolClosedException closed = new PoolClosedException(why);
      closed.initCause(reason);
      return closed;
    }
  }
}
