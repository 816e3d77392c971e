package taskpool.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Props;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import taskpool.Call;
import taskpool.PoolSettings;
import taskpool.ResultIterator;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;
import taskpool.client.executor.PoolTask;
import taskpool.client.sync.SessionObjects;
import taskpool.codec.Arguments;
import taskpool.codec.Closure;
import taskpool.error.PoolClosedException;
import taskpool.function.Args;
import taskpool.function.Function1;
import taskpool.link.LinkSettings;
import taskpool.node.Handoff;
import taskpool.node.Node;
import taskpool.payload.Payloads;
import taskpool.protocol.ClientCommand;
import taskpool.protocol.CoordinatorCommand;
import taskpool.protocol.TaskId;
import taskpool.protocol.Terms;

/** A pool as seen over one session with its coordinator. Thread-safe. */
public final class SessionPool extends SharingPool {
  private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);

  /** How much may be unfinished over a borrowed session. */
  private static final int BORROWED_TASKS = 100_000;

  private static final long BORROWED_BYTES = 64L * 1024 * 1024;

  private final int session;
  private final String name;
  private final PoolOwner owner;
  private final Payloads payloads;
  private final UnreadResults unread;
  private final TaskOptions options;
  private final SyncCalls calls;
  private final SessionObjects objects;
  private final SubmissionWindow window;
  private final CallbackThread callbacks;
  private final CallbackThread resubmissions;
  private final Handoff<ClientSession> requests = new Handoff<>();
  private final AtomicLong lastTask = new AtomicLong();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> sessionEnd = new CompletableFuture<>();

  /**
   * Opens a session.
   *
   * @param session unique among the coordinator's sessions
   * @param payloads where large arguments go, and large results are
   */
  public SessionPool(
      Node node,
      ActorRef<CoordinatorCommand> coordinator,
      LinkSettings links,
      int session,
      PoolSettings.Submission settings,
      Payloads payloads,
      PoolOwner owner) {
    this.session = session;
    this.payloads = payloads;
    this.unread = new UnreadResults(payloads);
    this.name = settings.name();
    this.options = settings.taskOptions();
    this.calls = new SyncCalls(lastTask::incrementAndGet, this::request);
    this.objects = new SessionObjects(() -> calls, this::reference);
    this.owner = owner;
    this.window =
        new SubmissionWindow(
            settings.windowTasks(), settings.windowBytes(), settings.refuseWhenFull());
    this.callbacks = new CallbackThread(name + "-callbacks");
    this.resubmissions = new CallbackThread(name + "-series");
    ActorRef<ClientCommand> actor =
        node.system()
            .systemActorOf(
                SessionActor.create(
                    node,
                    session,
                    coordinator,
                    links,
                    requests,
                    this::whyEnded,
                    () -> sessionEnd.complete(null)),
                "session-" + Integer.toHexString(session),
                Props.empty());
    requests.wakeBy(() -> actor.tell(SessionActor.RequestsWaiting.INSTANCE));
  }

  /** When it was neither terminated nor told that the coordinator has ended. */
  private RuntimeException whyEnded() {
    return window.isClosed() && window.isEmpty()
        ? new PoolClosedException("the pool is closed")
        : new IllegalStateException(
            "the session has ended unexpectedly; what it has logged says why (if memory ran"
                + " out, a larger heap helps, -Xmx)");
  }

  /** Opens a session with a pool of another process. */
  public static SessionPool borrowed(
      Node node,
      ActorRef<CoordinatorCommand> coordinator,
      PoolReference reference,
      Payloads payloads) {
    PoolSettings.Submission settings =
        new PoolSettings.Submission(
            reference.name(), BORROWED_TASKS, BORROWED_BYTES, false, TaskOptions.none());
    return new SessionPool(
        node,
        coordinator,
        LinkSettings.remote(),
        ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE),
        settings,
        payloads,
        PoolOwner.borrowed(reference));
  }

  /** Done, on the actor's thread, when there is no coordinator any more. */
  CompletableFuture<?> sessionEnd() {
    return sessionEnd;
  }

  PoolReference reference() {
    return owner.reference();
  }

  @Override
  public <R extends @Nullable Object> PoolTask<R> applyAsync(Call<R> call) {
    byte[] payload = Arguments.encode(call.closure(), call.arguments(), payloads);
    Terms terms = TermsOf.options(call.options().orElse(options));
    PendingTask task = submit(call.closure(), false, 1, terms, payload, end -> {});
    return handle(List.of(task), results -> results.get(0).get(0));
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway",
    "TypeParameterUnusedInFormals"
  }) // the codec reads what the function's declared result type says
  private static <T extends @Nullable Object> T cast(@Nullable Object value) {
    return (T) value;
  }

  /** Writes the arguments of the calls of one task; what is given back must be submitted. */
  byte[] encodeBulk(Closure closure, List<? extends @Nullable Object> arguments) {
    return Arguments.encodeBulk(closure, arguments, payloads);
  }

  /** What the tasks of a map ask for. */
  @Nullable Terms termsOfMap(Call<?> function) {
    TaskOptions asked = function.options().orElse(options);
    asked
        .idempotencyKey()
        .ifPresent(
            key -> {
              throw new IllegalArgumentException(
                  "an idempotency key is for one call, and \"%s\" is given for a map"
                      .formatted(key));
            });
    return TermsOf.options(asked);
  }

  /**
   * Submits one task; blocks while the window is full. {@code onEnd} is called on the actor's
   * thread.
   */
  PendingTask submit(
      Closure closure,
      boolean bulk,
      int calls,
      @Nullable Terms terms,
      byte[] payload,
      Consumer<PendingTask> onEnd) {
    long bytes = Payloads.length(payload);
    try {
      window.acquire(bytes);
    } catch (RuntimeException e) {
      payloads.release(payload);
      throw e;
    }
    PendingTask task =
        new PendingTask(
            lastTask.incrementAndGet(),
            closure.function(),
            calls,
            unread,
            ended -> {
              payloads.release(payload);
              window.release(bytes);
              onEnd.accept(ended);
            });
    byte[] function = closure.function().encodedRef();
    request(client -> client.submit(task.number(), function, bulk, terms, payload, task));
    return task;
  }

  private void request(Consumer<ClientSession> request) {
    requests.add(request);
  }

  void cancel(long task, boolean interrupt) {
    request(client -> client.cancel(task, interrupt));
  }

  /** What the caller of some tasks gets; {@code combine} makes one result of theirs. */
  <R extends @Nullable Object> PoolTask<R> handle(
      List<PendingTask> tasks,
      Function<List<List<@Nullable Object>>, ? extends @Nullable Object> combine) {
    long number = tasks.isEmpty() ? lastTask.incrementAndGet() : tasks.get(0).number();
    return new ResultHandle<>(
        () -> TaskId.of(session, number),
        tasks,
        results -> cast(combine.apply(results)),
        this::cancel,
        callbacks);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items) {
    return EagerMap.start(this, Call.template(function), items, EagerMap.ANY_SIZE);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return EagerMap.start(this, Call.template(function), items, checkedChunkSize(chunkSize));
  }

  @Override
  public <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls) {
    return EagerMap.startStar(this, function, calls, EagerMap.ANY_SIZE);
  }

  @Override
  public <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls, int chunkSize) {
    return EagerMap.startStar(this, function, calls, checkedChunkSize(chunkSize));
  }

  static int checkedChunkSize(int chunkSize) {
    if (chunkSize < 1) {
      throw new IllegalArgumentException("chunk size must be at least 1, not " + chunkSize);
    }
    return chunkSize;
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return lazyMap(Call.template(function), items, chunkSize, true);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return lazyMap(Call.template(function), items, chunkSize, false);
  }

  <R extends @Nullable Object> ResultIterator<R> lazyMap(
      Call<?> function,
      Iterable<? extends @Nullable Object> items,
      int chunkSize,
      boolean ordered) {
    int size = checkedChunkSize(chunkSize);
    checkOpen();
    return LazyMap.start(this, function, items, size, ordered);
  }

  /**
   * Refuses what would only notice later, or never, that the pool is closed.
   *
   * @throws PoolClosedException if the pool takes no more tasks
   */
  void checkOpen() {
    if (window.isClosed()) {
      throw new PoolClosedException("the pool is closed: it takes no more tasks");
    }
  }

  String name() {
    return name;
  }

  int slots() {
    return owner.slots();
  }

  @Override
  public TaskPool with(TaskOptions options) {
    return new OptionsView(this, objects(), options);
  }

  @Override
  SessionPool session() {
    return this;
  }

  @Override
  public TaskOptions options() {
    return options;
  }

  /** Runs what submits again and may block for it; not on the thread of the callbacks. */
  void resubmit(Runnable work) {
    resubmissions.execute(work);
  }

  @Override
  SessionObjects objects() {
    return objects;
  }

  /** The way to the coordinator's primitives. */
  SyncCalls calls() {
    return calls;
  }

  /** Whether no task is unfinished. Does not block. */
  public boolean isIdle() {
    return window.isEmpty();
  }

  @Override
  public int workers() {
    return owner.workers();
  }

  @Override
  public void shutdown() {
    checkMayStop();
    window.close();
    if (stopping.compareAndSet(false, true)) {
      Thread closer = new Thread(this::stopWhenDone, name + "-closer");
      closer.setDaemon(true);
      closer.start();
    }
  }

  private void stopWhenDone() {
    try {
      window.awaitEmpty();
      callbacks.awaitQuiet();
      unread.takeToMemory();
      owner.stop();
      stopped.complete(null);
    } catch (InterruptedException | RuntimeException e) {
      LOG.warn("pool {} did not stop in good order", name, e);
      owner.kill();
      stopped.complete(null);
    }
  }

  private void checkMayStop() {
    if (!owner.mayStop()) {
      throw PoolOwner.notTheOwner();
    }
  }

  @Override
  public boolean isShutdown() {
    return window.isClosed();
  }

  @Override
  public void join() throws InterruptedException {
    checkClosing();
    try {
      stopped.get();
    } catch (ExecutionException e) {
      throw new AssertionError("stopping never fails", e);
    }
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    checkClosing();
    try {
      stopped.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("stopping never fails", e);
    }
  }

  private void checkClosing() {
    checkMayStop();
    if (!window.isClosed()) {
      throw new IllegalStateException("join needs shutdown() or terminate() first");
    }
  }

  @Override
  public void terminate() {
    checkMayStop();
    window.close();
    CompletableFuture<@Nullable Void> abandoned = new CompletableFuture<>();
    PoolClosedException reason =
        new PoolClosedException("the pool was terminated before the task had ended");
    if (!stopped.isDone()) {
      request(
          client -> {
            client.abandon(reason);
            abandoned.complete(null);
          });
      abandoned.completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
    }
    owner.kill();
    shutdown();
  }

  @Override
  public void close() {
    shutdown();
    try {
      join();
    } catch (InterruptedException e) {
      terminate();
      Thread.currentThread().interrupt();
    }
  }
}
