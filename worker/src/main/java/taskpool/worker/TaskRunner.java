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
import taskpool.codec.Arguments;
import taskpool.codec.Failure;
import taskpool.codec.FunctionRef;
import taskpool.codec.RemoteFunction;
import taskpool.codec.Results;
import taskpool.error.NotSendableException;
import taskpool.payload.Payloads;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.protocol.TaskId;
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
  private final Map<ByteBuffer, RemoteFunction> functions = new ConcurrentHashMap<>();

  /**
   * Creates the runner.
   *
   * @param payloads where large arguments are, and large results go
   * @param pool gives the pool that tasks submit to
   * @param reports hands something to the worker's actor
   */
  TaskRunner(
      WorkerInfo info,
      ClassLoader loader,
      Payloads payloads,
      Supplier<TaskPool> pool,
      Consumer<Consumer<Worker>> reports) {
    this.info = info;
    this.description = info.name() + " (pid " + info.pid() + " on " + info.host() + ")";
    this.loader = loader;
    this.payloads = payloads;
    this.pool = pool;
    this.reports = reports;
  }

  @Override
  public Outcome run(Assignment assignment, RunningTask running) {
    CurrentTask.set(new Context(assignment, running));
    try {
      return call(assignment);
    } finally {
      CurrentTask.clear();
    }
  }

  @Override
  public void discard(Outcome outcome) {
    payloads.release(outcome.payload());
  }

  private Outcome call(Assignment assignment) {
    try {
      RemoteFunction function = resolve(assignment.function());
      List<@Nullable Object> results = Results.collector(function, assignment.bulk());
      try {
        Arguments.decode(
            function,
            assignment.payload(),
            assignment.bulk(),
            payloads,
            arguments -> results.add(call(function, arguments)));
      } catch (IOException e) {
        throw new NotSendableException(
            "the arguments of %s can't be read: %s".formatted(function, e.getMessage()), e);
      }
      return Results.encode(
          assignment.lease(), function, assignment.bulk(), results, description, payloads);
    } catch (Throwable e) {
      return new Outcome(
          assignment.lease(), Outcome.Kind.FAILURE, Failure.of(e, description).encode());
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

  private @Nullable Object call(RemoteFunction function, @Nullable Object[] arguments) {
    try {
      return function.invoke(arguments);
    } catch (Throwable e) {
      return Failure.of(e, description);
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
      return TaskId.of(assignment.session(), assignment.task());
    }

    @Override
    public int attempt() {
      return assignment.attempt();
    }

    @Override
    public void progress(long done, long total, String message) {
      Progress report = new Progress(assignment.lease(), done, total, message);
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
