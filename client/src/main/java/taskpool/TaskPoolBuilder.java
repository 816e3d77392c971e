package taskpool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import taskpool.function.Action0;
import taskpool.spi.PoolLauncher;

/** Sets up a local pool. Every method but {@link #start} returns this builder. Not thread-safe. */
public final class TaskPoolBuilder {
  /** More worker JVMs than this are not started on one machine. */
  public static final int MAX_WORKERS = 1_000;

  private static final int DEFAULT_WINDOW_TASKS = 100_000;
  private static final long DEFAULT_WINDOW_BYTES = 256L * 1024 * 1024;

  private String name = "taskpool";
  private int workers = Runtime.getRuntime().availableProcessors();
  private int slotsPerWorker = 1;
  private final List<String> jvmOptions = new ArrayList<>();
  private @Nullable String workerHeap;
  private @Nullable Call<?> initializer;
  private int windowTasks = DEFAULT_WINDOW_TASKS;
  private long windowBytes = DEFAULT_WINDOW_BYTES;
  private boolean refuseWhenFull;
  private boolean outputPrefix = true;
  private Duration startTimeout = Duration.ofSeconds(60);

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

  /** How many tasks a worker JVM runs at a time; one if not said. */
  public TaskPoolBuilder slotsPerWorker(int slots) {
    this.slotsPerWorker = atLeastOne("slots per worker", slots);
    return this;
  }

  /** Further options of every worker JVM, such as {@code -Dkey=value}. */
  public TaskPoolBuilder jvmOptions(String... options) {
    jvmOptions.addAll(List.of(options));
    return this;
  }

  /**
   * The workers' largest heap, as {@code -Xmx} takes it: {@code 256m}, {@code 2g}.
   *
   * @throws IllegalArgumentException if it is not a number with k, m or g
   */
  public TaskPoolBuilder workerHeap(String size) {
    if (!size.matches("[1-9][0-9]*[kKmMgG]")) {
      throw new IllegalArgumentException(
          "worker heap \"%s\" is no size; write it like 256m or 2g".formatted(size));
    }
    workerHeap = size;
    return this;
  }

  /** What every worker runs before its first task, such as opening a connection. */
  public TaskPoolBuilder initializer(Action0 initializer) {
    return initializer(Call.of(initializer));
  }

  /** {@link #initializer(Action0)} with arguments. */
  public TaskPoolBuilder initializer(Call<?> initializer) {
    this.initializer = initializer;
    return this;
  }

  /** A name for this pool, seen in thread names and logs. */
  public TaskPoolBuilder name(String name) {
    if (name.isBlank()) {
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
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("start time-out must be positive, not " + timeout);
    }
    this.startTimeout = timeout;
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
            name,
            workers,
            slotsPerWorker,
            List.copyOf(jvmOptions),
            Optional.ofNullable(workerHeap),
            Optional.ofNullable(initializer),
            windowTasks,
            windowBytes,
            refuseWhenFull,
            outputPrefix,
            startTimeout));
  }

  private static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(what, value));
    }
    return value;
  }
}
