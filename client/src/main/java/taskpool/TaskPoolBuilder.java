package taskpool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import taskpool.function.Action0;
import taskpool.spi.PoolLauncher;

/** Sets up a local pool. Every method but {@link #start} returns this builder. Not thread-safe. */
public final class TaskPoolBuilder {
  /** More worker JVMs than this are not started on one machine. */
  public static final int MAX_WORKERS = 1_000;

  /** Each has a thread; more than this is more likely a mistake than a wish. */
  public static final int MAX_SLOTS = 1_000;

  private static final int WHOLE = 100;
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(100);
  private static final int DEFAULT_WINDOW_TASKS = 100_000;
  private static final long DEFAULT_WINDOW_BYTES = 256L * 1024 * 1024;

  private String name = "taskpool";
  private int workers = Runtime.getRuntime().availableProcessors();
  private int slotsPerWorker = 1;
  private int spareWorkers;
  private final List<String> jvmOptions = new ArrayList<>();
  private @Nullable String workerHeap;
  private @Nullable Call<?> initializer;
  private int windowTasks = DEFAULT_WINDOW_TASKS;
  private long windowBytes = DEFAULT_WINDOW_BYTES;
  private boolean refuseWhenFull;
  private boolean outputPrefix = true;
  private Duration startTimeout = Duration.ofSeconds(60);
  private TaskOptions taskOptions = TaskOptions.none();
  private boolean reportDeadlocks;
  private Duration unresponsiveAfter = Duration.ofSeconds(15);
  private Duration cancelGrace = Duration.ofSeconds(5);
  private int tasksPerWorker;
  private int maxWorkerHeap;

  TaskPoolBuilder() {}

  /**
   * How many worker JVMs; one per available processor if not said.
   *
   * @throws IllegalArgumentException if less than 1 or more than {@value #MAX_WORKERS}
   */
  public TaskPoolBuilder workers(int workers) {
    if (workers > MAX_WORKERS) {
      throw new IllegalArgumentException(
          "workers must be at most %d on one machine, not %d".formatted(MAX_WORKERS, workers));
    }
    this.workers = atLeastOne("workers", workers);
    return this;
  }

  /**
   * How many tasks a worker JVM runs at a time; one if not said.
   *
   * @throws IllegalArgumentException if less than 1 or more than {@value #MAX_SLOTS}
   */
  public TaskPoolBuilder slotsPerWorker(int slots) {
    if (slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "slots per worker must be at most %d, not %d".formatted(MAX_SLOTS, slots));
    }
    this.slotsPerWorker = atLeastOne("slots per worker", slots);
    return this;
  }

  /**
   * How many spare JVMs to keep at hand, none if not said. One takes the place of a worker that
   * dies, so that the pool is at full strength in a fraction of a second instead of the time that a
   * JVM takes to start; then another spare is started. Each takes the memory of an idle worker and
   * no processor time. The initializer runs in it only when it becomes a worker. They do not count
   * as {@link TaskPool#workers}, and end with the pool.
   *
   * @throws IllegalArgumentException if negative or more than {@value #MAX_WORKERS}
   */
  public TaskPoolBuilder spareWorkers(int spares) {
    if (spares < 0 || spares > MAX_WORKERS) {
      throw new IllegalArgumentException(
          "spare workers must be between 0 and %d, not %d".formatted(MAX_WORKERS, spares));
    }
    this.spareWorkers = spares;
    return this;
  }

  /**
   * Further options of every worker JVM, such as {@code -Dkey=value}.
   *
   * @throws IllegalArgumentException if one is blank
   */
  public TaskPoolBuilder jvmOptions(String... options) {
    for (String option : options) {
      if (option.isBlank()) {
        throw new IllegalArgumentException(
            "a JVM option can't be blank, as \"%s\" is: write it like -Dkey=value"
                .formatted(option));
      }
    }
    jvmOptions.addAll(List.of(options));
    return this;
  }

  /**
   * The workers' largest heap, as {@code -Xmx} takes it: {@code 256m}, {@code 2g}.
   *
   * @throws IllegalArgumentException if it is not a number with k, m or g
   */
  public TaskPoolBuilder workerHeap(String size) {
    if (!Objects.requireNonNull(size, "size").matches("[1-9][0-9]*[kKmMgG]")) {
      throw new IllegalArgumentException(
          "worker heap \"%s\" is no size; write it like 256m or 2g".formatted(size));
    }
    workerHeap = size;
    return this;
  }

  /** What every worker runs before its first task, such as opening a connection. */
  public TaskPoolBuilder initializer(Action0 initializer) {
    return initializer(Call.of(Objects.requireNonNull(initializer, "initializer")));
  }

  /** {@link #initializer(Action0)} with arguments. */
  public TaskPoolBuilder initializer(Call<?> initializer) {
    this.initializer = Objects.requireNonNull(initializer, "initializer");
    return this;
  }

  /** A name for this pool, seen in thread names and logs. */
  public TaskPoolBuilder name(String name) {
    if (Objects.requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("a pool's name can't be blank");
    }
    this.name = name;
    return this;
  }

  /**
   * How much may be submitted and unfinished before submitting blocks; 100,000 tasks and 256 MiB of
   * arguments if not said. A single task larger than the window passes when nothing else is there.
   */
  public TaskPoolBuilder window(int tasks, long bytes) {
    this.windowTasks = atLeastOne("window in tasks", tasks);
    if (bytes < 1) {
      throw new IllegalArgumentException("window in bytes must be at least 1, not " + bytes);
    }
    this.windowBytes = bytes;
    return this;
  }

  /**
   * Lets a full window refuse with {@link taskpool.error.PoolFullException} instead of blocking.
   */
  public TaskPoolBuilder refuseWhenFull(boolean refuse) {
    this.refuseWhenFull = refuse;
    return this;
  }

  /** Whether lines that workers print carry the worker's name in front; they do if not said. */
  public TaskPoolBuilder outputPrefix(boolean prefix) {
    this.outputPrefix = prefix;
    return this;
  }

  /** How long a worker JVM may take to report for work before it is replaced; 60 s if not said. */
  public TaskPoolBuilder startTimeout(Duration timeout) {
    this.startTimeout = positive("start time-out", timeout);
    return this;
  }

  /** What tasks ask for that have no options of their own; nothing if not said. */
  public TaskPoolBuilder taskOptions(TaskOptions options) {
    this.taskOptions = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * How long a worker JVM may say nothing (it is suspended, or collects garbage) before it is given
   * up: its tasks run elsewhere, and it is killed and replaced. 15 s if not said; more when workers
   * are looked at with a debugger.
   *
   * @throws IllegalArgumentException if it is less than 100 ms or more than 30 days
   */
  public TaskPoolBuilder unresponsiveAfter(Duration time) {
    if (Objects.requireNonNull(time, "time").compareTo(SHORTEST_SILENCE) < 0) {
      throw new IllegalArgumentException(
          "the time after which a worker is given up must be at least %s, not %s"
              .formatted(SHORTEST_SILENCE, time));
    }
    this.unresponsiveAfter = positive("the time after which a worker is given up", time);
    return this;
  }

  /**
   * How long a task that is cancelled and interrupted may take to end before its worker JVM is
   * killed; 5 s if not said.
   */
  public TaskPoolBuilder cancelGrace(Duration grace) {
    this.cancelGrace = positive("cancel grace", grace);
    return this;
  }

  /**
   * Replaces each worker JVM after so many tasks, or chunks of maps; never if not said. {@code
   * maxtasksperchild} of multiprocessing.
   */
  public TaskPoolBuilder tasksPerWorker(int tasks) {
    this.tasksPerWorker = atLeastOne("tasks per worker", tasks);
    return this;
  }

  /**
   * Replaces a worker JVM when after a task, and after a collection of garbage, more than so many
   * percent of its largest heap are in use; never if not said.
   *
   * @throws IllegalArgumentException if it is not from 1 to 100
   */
  public TaskPoolBuilder maxWorkerHeap(int percent) {
    if (percent < 1 || percent > WHOLE) {
      throw new IllegalArgumentException(
          "the heap that a worker may fill must be from 1 to 100 percent, not " + percent);
    }
    this.maxWorkerHeap = percent;
    return this;
  }

  /**
   * Only reports it, as a warning in the log of this program, when threads wait for one another's
   * {@link taskpool.sync.ClusterLock}s in a circle. If not said, the one that closed the circle
   * gets a {@link taskpool.error.DeadlockException}.
   */
  public TaskPoolBuilder reportDeadlocks() {
    this.reportDeadlocks = true;
    return this;
  }

  /**
   * Starts the pool. Does not wait for the workers.
   *
   * @throws IllegalStateException if {@code taskpool-deploy} is not on the class path
   */
  public TaskPool start() {
    PoolLauncher launcher =
        ServiceLoader.load(PoolLauncher.class, TaskPool.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a local pool needs the artifact taskpool-deploy on the class path"));
    return launcher.launch(
        new PoolSettings(
            new PoolSettings.Submission(
                name, windowTasks, windowBytes, refuseWhenFull, taskOptions),
            workers,
            slotsPerWorker,
            spareWorkers,
            List.copyOf(jvmOptions),
            Optional.ofNullable(workerHeap),
            Optional.ofNullable(initializer),
            outputPrefix,
            startTimeout,
            unresponsiveAfter,
            cancelGrace,
            tasksPerWorker,
            maxWorkerHeap,
            reportDeadlocks));
  }

  private static Duration positive(String what, Duration time) {
    Objects.requireNonNull(time, what);
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be positive and at most %d days, not %s"
              .formatted(what, LONGEST.toDays(), time));
    }
    return time;
  }

  private static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(what, value));
    }
    return value;
  }
}
