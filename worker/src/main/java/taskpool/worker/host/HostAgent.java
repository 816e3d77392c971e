package taskpool.worker.host;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import taskpool.process.ProcessExit;
import taskpool.process.ProcessMark;
import taskpool.protocol.LostWorker;
import taskpool.worker.WorkerBoot;

/**
 * Keeps a number of worker JVMs alive on this host, and, if asked for, some spare ones at hand:
 * JVMs that have come up but not been told what to do, of which one takes the place of a worker
 * that dies. Thread-safe; nothing here waits for a process but {@link #stop}.
 */
public final class HostAgent {

  /** Wants to know what becomes of the workers. Called on the agent's thread. */
  public interface Listener {
    /** A worker that had not been asked to is dead. */
    void workerExited(int worker, LostWorker details);

    /**
     * One after the other failed to start and none is left, no spare one either: no more are tried.
     */
    void gaveUp(LostWorker last);
  }

  /** What a worker with this number is to be told. */
  public interface BootSource {
    WorkerBoot boot(int number);
  }

  private static final int MAX_STARTING =
      Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** The exit code that stands for a process that can't even be started, as in a shell. */
  private static final int NOT_STARTED = 127;

  private static final Duration ASKED = Duration.ofSeconds(5);
  private static final Duration ARCHIVED = Duration.ofSeconds(30);

  private final JvmCommandLine commandLine;
  private final ClassArchive archive =
      ClassArchive.of(System.getProperty("java.class.path"), ClassArchive.folder());
  private final ProcessMark mark = ProcessMark.unique();
  private final boolean outputPrefix;
  private final Duration startTimeout;
  private final ScheduledExecutorService thread;

  /** All that live, the spare ones too. */
  private final Map<Integer, WorkerProcess> processes = new HashMap<>();

  private final WorkerRoster roster;

  private final CompletableFuture<@Nullable Void> supervised = new CompletableFuture<>();
  private @Nullable BootSource boots;
  private @Nullable Listener listener;
  private @Nullable ArchiveRecording recording;
  private boolean stopping;

  /**
   * Creates one that has started nothing yet.
   *
   * @param workers how many are to live
   * @param spareWorkers how many more are to be at hand
   * @param startTimeout a worker that takes longer to report for work is killed
   */
  public HostAgent(
      int workers,
      int spareWorkers,
      JvmCommandLine commandLine,
      boolean outputPrefix,
      Duration startTimeout,
      String name) {
    this.roster = new WorkerRoster(workers, spareWorkers, MAX_STARTING);
    this.commandLine = commandLine;
    this.outputPrefix = outputPrefix;
    this.startTimeout = startTimeout;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread created = new Thread(work, name + "-host");
              created.setDaemon(true);
              return created;
            },
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Starts the first processes. They come up as far as they can without knowing the coordinator;
   * the others follow as these report for work, so that a large pool does not choke its host. The
   * spare ones come last.
   *
   * @throws IOException if not even a process can be started
   */
  public synchronized void start() throws IOException {
    catchUp();
  }

  private void catchUp() throws IOException {
    Optional<WorkerRoster.Step> step = roster.next();
    while (step.isPresent()) {
      carryOut(step.get());
      step = roster.next();
    }
  }

  private void carryOut(WorkerRoster.Step step) throws IOException {
    WorkerProcess worker =
        step.kind() == WorkerRoster.Step.Kind.EMPLOY
            ? Objects.requireNonNull(processes.get(step.number()))
            : startOne(step.number());
    if (step.kind() != WorkerRoster.Step.Kind.START_SPARE) {
      employ(worker);
    }
  }

  /**
   * Tells the workers, and those that will be started, what to do, and replaces those that die from
   * now on or are dead already.
   */
  public synchronized void supervise(BootSource source, Listener exits) {
    boots = source;
    listener = exits;
    processes.values().forEach(process -> process.boot(source.boot(process.number())));
    supervised.complete(null);
  }

  private WorkerProcess startOne(int number) throws IOException {
    WorkerProcess worker;
    try {
      worker =
          WorkerProcess.start(number, commandLine, archive, mark.numbered(number), outputPrefix);
    } catch (IOException e) {
      roster.startFailed(number);
      throw e;
    }
    processes.put(number, worker);
    CompletableFuture<?> unused =
        CompletableFuture.allOf(ProcessExit.of(worker.process()), supervised)
            .thenRunAsync(worker::killLeftovers, thread)
            .thenCompose(killed -> worker.lastOutput())
            .thenRunAsync(() -> exited(worker), thread);
    return worker;
  }

  /** From now on it is to report for work. */
  private void employ(WorkerProcess worker) {
    after(startTimeout, () -> checkStarted(worker));
    BootSource source = boots;
    if (source != null) {
      worker.boot(source.boot(worker.number()));
    }
  }

  private synchronized void checkStarted(WorkerProcess worker) {
    if (roster.isStarting(worker.number())) {
      worker.kill(LostWorker.TOO_LATE + startTimeout + ", and was killed");
    }
  }

  /** A worker has reported for work. Does not block. */
  public void ready(int worker) {
    thread.execute(() -> markReady(worker));
  }

  private synchronized void markReady(int worker) {
    if (roster.ready(worker)) {
      replace();
      if (roster.isComplete() && recording == null && !stopping) {
        recording = ArchiveRecording.start(archive, JvmCommandLine.java()).orElse(null);
      }
    }
  }

  /** On the agent's thread. What its tasks left behind is gone before one of them runs again. */
  private void exited(WorkerProcess worker) {
    LostWorker details = worker.details();
    boolean wasSpare;
    boolean giveUp;
    Listener told;
    synchronized (this) {
      processes.remove(worker.number());
      wasSpare = roster.isSpare(worker.number());
      if (roster.isStarting(worker.number()) && details.crashReport().isPresent()) {
        archive.discard();
      }
      Duration delay = roster.exited(worker.number());
      notifyAll();
      told = listener;
      if (stopping || told == null) {
        return;
      }
      giveUp = roster.hasGivenUp();
      if (!giveUp) {
        after(delay, this::replace);
      }
    }
    if (!wasSpare) {
      told.workerExited(worker.number(), details);
    }
    if (giveUp) {
      told.gaveUp(details.asLastTried());
    }
  }

  private void after(Duration delay, Runnable action) {
    ScheduledFuture<?> unused = thread.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void replace() {
    Listener told = listener;
    if (stopping || told == null) {
      return;
    }
    try {
      catchUp();
    } catch (IOException e) {
      if (roster.hasGivenUp()) {
        told.gaveUp(new LostWorker("", 0, NOT_STARTED, List.of(String.valueOf(e.getMessage()))));
      } else {
        after(roster.backoff(), this::replace);
      }
    }
  }

  /** Kills one worker; it is replaced. Does not block. */
  public void kill(int worker) {
    thread.execute(() -> killNow(worker));
  }

  private synchronized void killNow(int worker) {
    WorkerProcess process = processes.get(worker);
    if (process != null) {
      process.kill();
    }
  }

  /**
   * Lets all workers end in good order, with what their tasks started, and waits for them; kills
   * those that take too long.
   */
  public void stop() throws InterruptedException {
    List<WorkerProcess> left;
    ArchiveRecording unfinished;
    synchronized (this) {
      stopping = true;
      left = new ArrayList<>(processes.values());
      unfinished = recording;
    }
    try {
      left.forEach(WorkerProcess::askToEnd);
      if (unfinished != null) {
        unfinished.end(ARCHIVED);
      }
      if (!awaitExits(ASKED)) {
        kill();
        awaitExits(ASKED);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  private synchronized boolean awaitExits(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!processes.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /**
   * Kills all workers now, and all that their tasks started; no worker is started any more. Does
   * not wait for their end.
   */
  public synchronized void kill() {
    stopping = true;
    processes.values().forEach(WorkerProcess::kill);
    mark.killAll();
    if (recording != null) {
      recording.kill();
    }
  }

  /** The same, and it does nothing any more: {@link #stop} is not to follow. */
  public void abort() {
    kill();
    thread.shutdownNow();
  }
}
