package taskpool.system;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.TaskPoolBuilder;

/**
 * Gives system tests their pools and programs, and clears up behind them: after each test, what it
 * started is closed, and no worker JVM may be left. A test that fails or exceeds the limit has the
 * state of all its processes printed before they are killed. To be registered as a static
 * extension; pools started outside a test are closed after the last one of the class.
 *
 * <p>Its class is initialized in the workers, too, where a test's lambdas run: creating it does
 * nothing.
 */
public final class TestCluster
    implements BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        AfterEachCallback,
        AfterAllCallback {
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
  private static final Duration GONE_LIMIT = Duration.ofSeconds(5);

  private final Duration limit;
  private final List<TaskPool> classPools = new ArrayList<>();
  private final List<TaskPool> testPools = new ArrayList<>();
  private final List<Program> programs = new ArrayList<>();
  private Watchdog watchdog;

  public TestCluster() {
    this(Duration.ofSeconds(90));
  }

  /** A cluster whose tests may take this long each. */
  TestCluster(Duration limit) {
    this.limit = limit;
  }

  /** A pool of small workers. */
  public TaskPool pool(int workers) {
    return start(builder -> builder.workers(workers));
  }

  /** A pool of small workers, further set up. */
  synchronized TaskPool start(UnaryOperator<TaskPoolBuilder> setUp) {
    TaskPoolBuilder small = TaskPool.builder().workerHeap("256m").jvmOptions(QUICK_START);
    TaskPool pool = setUp.apply(small).start();
    (watchdog == null ? classPools : testPools).add(pool);
    return pool;
  }

  /** The process ids of all workers of an idle pool with one slot each. */
  static Set<Long> pids(TaskPool pool) throws Exception {
    Path meeting = Files.createTempDirectory("meeting");
    int workers = pool.workers();
    try {
      List<TaskHandle<Long>> handles = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        handles.add(pool.applyAsync(Gate::meet, meeting, workers));
      }
      Set<Long> pids = new TreeSet<>();
      for (TaskHandle<Long> handle : handles) {
        pids.add(handle.get(Gate.LIMIT));
      }
      return pids;
    } finally {
      for (Path file : Gate.list(meeting)) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(meeting);
    }
  }

  /** Starts the main class as a JVM of its own on this test's class path. */
  Program launch(Class<?> main, String... arguments) throws IOException {
    return launch(new Launch(main), arguments);
  }

  synchronized Program launch(Launch launch, String... arguments) throws IOException {
    Program program = new Program(launch.main.getSimpleName(), launch.command(arguments));
    programs.add(program);
    return program;
  }

  /** How a program is to be started. */
  static final class Launch {
    private final Class<?> main;
    private final List<String> before = new ArrayList<>();
    private final List<String> jvmOptions = new ArrayList<>(List.of("-Xmx256m", QUICK_START));

    // as the README says for Java 24 and later
    {
      if (Runtime.version().feature() >= 24) {
        jvmOptions.add("--sun-misc-unsafe-memory-access=allow");
      }
    }

    private List<String> classPath =
        List.of(System.getProperty("java.class.path").split(File.pathSeparator));

    private Optional<String> logging =
        Optional.ofNullable(System.getProperty("logback.configurationFile"))
            .map(file -> "-Dlogback.configurationFile=" + file);

    Launch(Class<?> main) {
      this.main = main;
    }

    /** Takes its logging settings from its class path, and not the quiet ones of the tests. */
    Launch ownLogging() {
      logging = Optional.empty();
      return this;
    }

    Launch jvmOptions(String... options) {
      jvmOptions.addAll(List.of(options));
      return this;
    }

    Launch classPath(UnaryOperator<List<String>> change) {
      classPath = change.apply(classPath);
      return this;
    }

    /** With a process group of its own and signals as at a terminal, wherever the test runs. */
    Launch asAtTerminal() {
      before.addAll(List.of("setsid", "env", "--default-signal=INT"));
      return this;
    }

    private ProcessBuilder command(String... arguments) {
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      logging.ifPresent(command::add);
      command.addAll(jvmOptions);
      command.add(main.getName());
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("CLASSPATH", String.join(File.pathSeparator, classPath));
      return builder;
    }
  }

  /** Waits until none of these processes runs any more. */
  static void awaitGone(Collection<ProcessHandle> processes, Duration within) {
    await("the end of processes")
        .pollInterval(Duration.ofMillis(20))
        .atMost(within)
        .until(() -> ProcessTable.running(processes), List::isEmpty);
  }

  @Override
  public synchronized void beforeTestExecution(ExtensionContext context) {
    watchdog = new Watchdog(context.getDisplayName(), Thread.currentThread());
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    boolean late = watchdog.stop();
    if (context.getExecutionException().isPresent() && !late) {
      print(context.getDisplayName() + " failed");
    }
    if (late) {
      throw new AssertionError("not done within " + limit);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    watchdog = null;
    programs.forEach(Program::killTree);
    programs.clear();
    closeAll(testPools, context.getExecutionException().isPresent());
    if (classPools.isEmpty()) {
      checkNoneLeft();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() != null) {
      return; // nested classes share the pools of the outer one
    }
    closeAll(classPools, false);
    checkNoneLeft();
  }

  private void closeAll(List<TaskPool> pools, boolean failed) {
    List<TaskPool> all = List.copyOf(pools);
    pools.clear();
    AssertionError first = null;
    for (TaskPool pool : all) {
      try {
        close(pool, failed);
      } catch (AssertionError e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void close(TaskPool pool, boolean failed) {
    if (failed) {
      pool.terminate();
    }
    pool.shutdown();
    try {
      if (!pool.join(CLOSE_LIMIT)) {
        print("a pool does not close");
        pool.terminate();
        throw new AssertionError("the pool did not close within " + CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      pool.terminate();
      throw new AssertionError("interrupted while closing a pool", e);
    }
  }

  private void checkNoneLeft() {
    List<ProcessHandle> left = ProcessTable.workers();
    try {
      awaitGone(left, GONE_LIMIT);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      print("worker JVMs are left");
      left.forEach(ProcessHandle::destroyForcibly);
      throw new AssertionError("left behind: " + ProcessTable.describe(left), e);
    }
  }

  private synchronized void print(String why) {
    StringBuilder text = new StringBuilder("%n=== %s%n".formatted(why));
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      text.append(thread.getKey()).append(System.lineSeparator());
      for (StackTraceElement frame : thread.getValue()) {
        text.append("    at ").append(frame).append(System.lineSeparator());
      }
    }
    text.append(ProcessTable.dump(ProcessHandle.current()));
    programs.forEach(program -> text.append(program.transcript()));
    System.err.println(text);
  }

  /** Ends a test that takes too long, with a look at where everything stands. */
  private final class Watchdog {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private boolean late;
    private boolean stopped;

    Watchdog(String test, Thread thread) {
      timer.setThreadFactory(
          work -> {
            Thread created = new Thread(work, "watchdog");
            created.setDaemon(true);
            return created;
          });
      var unused =
          timer.schedule(() -> bark(test, thread), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void bark(String test, Thread thread) {
      if (stopped) {
        return;
      }
      late = true;
      print(test + " takes too long");
      programs.forEach(Program::killTree);
      ProcessTable.workers().forEach(ProcessHandle::destroyForcibly);
      thread.interrupt();
    }

    /** Whether the test was late. */
    synchronized boolean stop() {
      stopped = true;
      timer.shutdownNow();
      Thread.interrupted();
      return late;
    }
  }
}
