package taskpool.client;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.TaskProgress;
import taskpool.codec.Failure;
import taskpool.codec.LostWorkers;
import taskpool.codec.RemoteFunction;
import taskpool.codec.Results;
import taskpool.error.NotSendableException;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;

/**
 * One submitted task and what has become of it. Completed by the session's actor, read by any
 * thread; results are decoded in the thread that reads them.
 */
final class PendingTask implements ClientSession.Listener {
  private final long number;
  private final RemoteFunction function;
  private final int calls;
  private final UnreadResults unread;
  private final Consumer<PendingTask> onEnd;
  private final CompletableFuture<PendingTask> ended = new CompletableFuture<>();

  /** Who has asked to cancel and waits for the answer, in the order of asking. */
  private volatile @Nullable Queue<CompletableFuture<Boolean>> cancellers;

  private volatile boolean cancelGranted;
  private volatile @Nullable Outcome outcome;
  private volatile @Nullable Throwable abandoned;
  private @Nullable List<@Nullable Object> results;
  private volatile @Nullable TaskProgress progress;
  private volatile @Nullable Consumer<? super TaskProgress> progressListener;

  /** For a result in a file: lets go of it, now or when nobody can ask for it any more. */
  private Cleaner.@Nullable Cleanable file;

  /**
   * Creates a task that has not been submitted yet.
   *
   * @param unread is told of a result that lies in a file
   * @param onEnd called on the actor's thread after everybody who waits has been told
   */
  PendingTask(
      long number,
      RemoteFunction function,
      int calls,
      UnreadResults unread,
      Consumer<PendingTask> onEnd) {
    this.number = number;
    this.function = function;
    this.calls = calls;
    this.unread = unread;
    this.onEnd = onEnd;
  }

  long number() {
    return number;
  }

  @Override
  public void onOutcome(Outcome outcome) {
    byte[] payload = outcome.payload();
    if (payload != null && Payloads.isInFile(payload)) {
      synchronized (this) {
        this.outcome = outcome;
        file = unread.add(this, payload);
      }
    } else {
      this.outcome = outcome;
    }
    end();
  }

  @Override
  public void onAbandoned(Throwable reason) {
    abandoned = reason;
    end();
  }

  private void end() {
    ended.complete(this);
    answerCancellers();
    onEnd.accept(this);
  }

  @Override
  public void onProgress(Progress report) {
    TaskProgress latest = new TaskProgress(report.done(), report.total(), report.message());
    progress = latest;
    Consumer<? super TaskProgress> listener = progressListener;
    if (listener != null) {
      listener.accept(latest);
    }
  }

  @Override
  public void onCancelAnswer(boolean accepted) {
    if (accepted) {
      cancelGranted = true;
    }
    CompletableFuture<Boolean> first = nextCanceller();
    if (first != null) {
      first.complete(accepted);
    }
  }

  private void answerCancellers() {
    CompletableFuture<Boolean> next = nextCanceller();
    while (next != null) {
      next.complete(isCancelled());
      next = nextCanceller();
    }
  }

  /** Without the lock, which a thread holds that reads a large result: this is the actor's. */
  private @Nullable CompletableFuture<Boolean> nextCanceller() {
    Queue<CompletableFuture<Boolean>> asking = cancellers;
    return asking == null ? null : asking.poll();
  }

  Optional<TaskProgress> progress() {
    return Optional.ofNullable(progress);
  }

  /** The listener is called on the actor's thread. */
  void setProgressListener(Consumer<? super TaskProgress> listener) {
    progressListener = listener;
  }

  /** Done when the task has ended. Dependents must not block. */
  CompletableFuture<PendingTask> ended() {
    return ended;
  }

  /**
   * Asks for the task to be cancelled, unless that was granted before.
   *
   * @param ask sends the question
   * @return whether it is granted; done at the latest when the task has ended
   */
  synchronized CompletableFuture<Boolean> cancel(Runnable ask) {
    if (cancelGranted) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Queue<CompletableFuture<Boolean>> asking = cancellers;
    if (asking == null) {
      asking = new ConcurrentLinkedQueue<>();
      cancellers = asking;
    }
    asking.add(answer);
    ask.run();
    if (ended.isDone()) {
      answerCancellers();
    }
    return answer;
  }

  /**
   * Asks for the task to be cancelled if it has not begun, unless that has been asked before.
   *
   * @param ask sends the question
   * @return whether it ends without having begun; done at the latest when the task has ended
   */
  synchronized CompletableFuture<Boolean> withdraw(Runnable ask) {
    if (cancellers != null) {
      return CompletableFuture.completedFuture(false);
    }
    return cancel(ask)
        .thenCompose(
            granted ->
                granted
                    ? ended.thenApply(end -> hasNeverBegun())
                    : CompletableFuture.completedFuture(false));
  }

  private boolean hasNeverBegun() {
    Outcome end = outcome;
    return end != null && end.hasNeverBegun();
  }

  boolean isCancelled() {
    Outcome end = outcome;
    return end != null && end.kind() == Outcome.Kind.CANCELLED;
  }

  /** Bytes of results that wait to be read. */
  long resultBytes() {
    Outcome end = outcome;
    return end == null ? 0 : Payloads.length(end.payload());
  }

  /**
   * What each call gave, once the task has ended; a failed call is represented by its {@link
   * Failure}. A single call's failure is thrown.
   *
   * @throws ExecutionException with the error that stands for the task as a whole
   * @throws CancellationException if it was cancelled
   */
  synchronized List<@Nullable Object> results() throws ExecutionException {
    List<@Nullable Object> known = results;
    if (known != null) {
      return known;
    }
    Throwable gone = abandoned;
    if (gone != null) {
      throw new ExecutionException(gone);
    }
    Outcome end = outcome;
    if (end == null) {
      throw new IllegalStateException("task " + number + " has not ended");
    }
    byte[] payload = end.payload() == null ? new byte[0] : end.payload();
    switch (end.kind()) {
      case CANCELLED -> throw new CancellationException("the task was cancelled");
      case FAILURE -> throw new ExecutionException(throwable(Failure.decode(payload)));
      case LOST -> throw new ExecutionException(LostWorkers.toException(payload));
      default -> {
        try {
          List<@Nullable Object> read = Results.decode(function, end, calls, unread.payloads());
          results = read;
          forgetBytes();
          return read;
        } catch (IOException | RuntimeException e) {
          throw new ExecutionException(
              new NotSendableException(
                  "the result of %s can't be read: %s".formatted(function, e.getMessage()), e));
        }
      }
    }
  }

  /** Reads the results before somebody asks for them; an error waits until then. */
  void decodeAhead() {
    try {
      results();
    } catch (ExecutionException | CancellationException e) {
      // it will be thrown again
    }
  }

  /** Lets go of the result's bytes, once they have been read or will not be. */
  synchronized void forgetBytes() {
    Outcome end = outcome;
    if (end != null) {
      outcome = end.withPayload(null);
    }
    deleteFile();
  }

  /** Takes the result's bytes into memory, so that the file may go. */
  synchronized void takeToMemory() {
    Outcome end = outcome;
    byte[] payload = end == null ? null : end.payload();
    if (end == null || payload == null || !Payloads.isInFile(payload)) {
      return;
    }
    try {
      outcome = end.withPayload(unread.payloads().toMemory(payload));
    } catch (IOException | ArithmeticException | OutOfMemoryError e) {
      return; // then reading it fails, and says why
    }
    deleteFile();
  }

  private void deleteFile() {
    Cleaner.Cleanable known = file;
    if (known != null) {
      known.clean();
      file = null;
    }
  }

  /** A failure as the exception that the caller gets. */
  Throwable throwable(Failure failure) {
    return failure.toThrowable(function.loader());
  }
}
