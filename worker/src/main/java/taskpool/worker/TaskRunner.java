package taskpool.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import taskpool.TaskContext;
import taskpool.TaskPool;
import taskpool.client.sync.SessionObjects;
import taskpool.codec.Arguments;
import taskpool.codec.Failure;
import taskpool.codec.FunctionRef;
import taskpool.codec.RemoteFunction;
import taskpool.codec.Results;
import taskpool.error.NotSendableException;
import taskpool.error.TaskTimeoutException;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.protocol.TaskId;
import taskpool.protocol.Terms;
import taskpool.protocol.WorkerInfo;
import taskpool.spi.CurrentTask;

/** Calls the functions of tasks, on the slot threads. Thread-safe. */
final class TaskRunner implements SlotThreads.Runner {
  private final WorkerInfo info;
  private final String description;
  private final ClassLoader loader;
  private final Payloads payloads;
  private final Supplier<TaskPool> pool;
  private final Consumer<Consumer<Worker>> reports;
  private final HeapGuard heap;
  private final Map<ByteBuffer, RemoteFunction> functions = new ConcurrentHashMap<>();

  /** After that nothing in this process can be relied on. */
  private volatile boolean outOfMemory;

  /**
   * Creates the runner.
   *
   * @param payloads where large arguments are, and large results go
   * @param pool gives the pool that tasks submit to
   * @param reports hands something to the worker's actor
   * @param heap says when the heap is too full for another task
   */
  TaskRunner(
      WorkerInfo info,
      ClassLoader loader,
      Payloads payloads,
      Supplier<TaskPool> pool,
      Consumer<Consumer<Worker>> reports,
      HeapGuard heap) {
    this.heap = heap;
    this.info = info;
    this.description = info.name() + " (pid " + info.pid() + " on " + info.host() + ")";
    this.loader = loader;
    this.payloads = payloads;
    this.pool = pool;
    this.reports = reports;
  }

  @Override
  public Outcome run(Assignment assignment, RunningTask running) {
    CurrentTask.set(new Context(assignment, running), running);
    try {
      return call(assignment, running);
    } finally {
      SessionObjects.settle(); // what it has put is there for who hears of its end
      CurrentTask.clear();
    }
  }

  @Override
  public void discard(Outcome outcome) {
    payloads.release(outcome.payload());
  }

  @Override
  public boolean mayGoOn() {
    return !outOfMemory && !heap.isFull();
  }

  private Outcome call(Assignment assignment, RunningTask running) {
    Invocation invocation = new Invocation(assignment.terms(), running);
    try {
      RemoteFunction function = resolve(assignment.function());
      List<@Nullable Object> results = Results.collector(function, assignment.lease().bulk());
      try {
        Arguments.decode(
            function,
            assignment.payload(),
            assignment.lease().bulk(),
            payloads,
            arguments -> results.add(invocation.call(function, arguments)));
      } catch (IOException | RuntimeException e) { // the latter is the author's, from a constructor
        throw new NotSendableException(
            "the arguments of %s can't be read: %s".formatted(function, e.getMessage()), e);
      }
      Outcome outcome =
          Results.encode(
              assignment.id(),
              function,
              assignment.lease().bulk(),
              results,
              invocation::unsendable,
              invocation.isRetried() || invocation.isShared() ? Payloads.inMessages() : payloads);
      return invocation.isRetried() ? toBeRetried(outcome) : outcome;
    } catch (Throwable e) {
      outOfMemory |= e instanceof OutOfMemoryError;
      Failure failure = invocation.unsendable(e);
      Outcome outcome = new Outcome(assignment.id(), Outcome.Kind.FAILURE, failure.encode());
      return invocation.isRetried() ? toBeRetried(outcome) : outcome;
    }
  }

  private RemoteFunction resolve(byte[] encoded) {
    ByteBuffer key = ByteBuffer.wrap(encoded);
    RemoteFunction known = functions.get(key);
    if (known == null) {
      known = RemoteFunction.resolve(FunctionRef.decode(encoded), loader);
      functions.put(key, known);
    }
    return known;
  }

  private static Outcome toBeRetried(Outcome outcome) {
    Outcome.Kind kind =
        outcome.kind() == Outcome.Kind.MIXED
            ? Outcome.Kind.RETRY_MIXED
            : Outcome.Kind.RETRY_FAILURE;
    return outcome.with(outcome.id(), kind);
  }

  /** The calls of one task, and what its terms make of their errors. Confined to the slot. */
  private final class Invocation {
    private final @Nullable Terms terms;
    private final RunningTask running;
    private boolean retried;

    Invocation(@Nullable Terms terms, RunningTask running) {
      this.terms = terms;
      this.running = running;
    }

    @Nullable Object call(RemoteFunction function, @Nullable Object[] arguments) {
      try {
        return function.invoke(arguments);
      } catch (Throwable e) {
        return failure(e);
      }
    }

    private Failure failure(Throwable thrown) {
      outOfMemory |= thrown instanceof OutOfMemoryError;
      if (terms == null) {
        return Failure.of(thrown, description);
      }
      Throwable error =
          running.isExpired()
              ? TaskTimeoutException.ofSoftLimit(terms.softLimitNanos(), thrown)
              : thrown;
      Terms.Retry retry = terms.retry();
      retried |= retry != null && retry.covers(error.getClass());
      return Failure.of(error, description);
    }

    /**
     * What stands for arguments that can't be read or a result that can't be written, which no
     * other run would mend, unless it is the soft limit that came in between.
     */
    Failure unsendable(Throwable error) {
      return running.isExpired() ? failure(error) : Failure.of(error, description);
    }

    /** Whether the terms ask for another run. */
    boolean isRetried() {
      return retried;
    }

    /** Whether other tasks may get the same result, so that no reader of it may delete it. */
    boolean isShared() {
      return terms != null && terms.key() != null;
    }
  }

  private final class Context implements TaskContext {
    private final Assignment assignment;
    private final RunningTask running;
    private final AtomicReference<@Nullable Progress> unsent = new AtomicReference<>();

    Context(Assignment assignment, RunningTask running) {
      this.assignment = assignment;
      this.running = running;
    }

    @Override
    public long pid() {
      return info.pid();
    }

    @Override
    public long parentPid() {
      return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    }

    @Override
    public String workerName() {
      return info.name();
    }

    @Override
    public String host() {
      return info.host();
    }

    @Override
    public String taskId() {
      return TaskId.of(assignment.lease().session(), assignment.lease().task());
    }

    @Override
    public int attempt() {
      return assignment.lease().attempt();
    }

    @Override
    public void progress(long done, long total, String message) {
      Progress report = new Progress(assignment.id(), done, total, message);
      if (unsent.getAndSet(report) == null) {
        reports.accept(this::passOn);
      }
    }

    private void passOn(Worker worker) {
      Progress latest = unsent.getAndSet(null);
      if (latest != null) {
        worker.progressed(latest);
      }
    }

    @Override
    public boolean isCancelled() {
      return running.isCancelled();
    }

    @Override
    public TaskPool pool() {
      return pool.get();
    }
  }
}
