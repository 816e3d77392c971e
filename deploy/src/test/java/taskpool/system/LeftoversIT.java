package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;

/** What a task leaves behind in its worker, and what of it the next one may not find. */
class LeftoversIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(2);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(1);
  }

  static List<String> surroundings() {
    Thread thread = Thread.currentThread();
    return List.of(
        Long.toString(ProcessHandle.current().pid()),
        Integer.toString(System.identityHashCode(System.in)),
        Integer.toString(System.identityHashCode(System.out)),
        Integer.toString(System.identityHashCode(System.err)),
        Locale.getDefault().toString(),
        Locale.getDefault(Locale.Category.FORMAT).toString(),
        TimeZone.getDefault().getID(),
        thread.getName(),
        Integer.toString(thread.getPriority()),
        String.valueOf(thread.getContextClassLoader()),
        Boolean.toString(thread.isInterrupted()));
  }

  @SuppressWarnings("ThreadPriorityCheck")
  static List<String> changeAll() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setIn(new FileInputStream(FileDescriptor.in));
    System.setOut(nowhere);
    System.setErr(nowhere);
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    Thread thread = Thread.currentThread();
    thread.setName("mine");
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.setContextClassLoader(new URLClassLoader(new URL[0]));
    thread.interrupt();
    return surroundings();
  }

  static void changeAllAndFail() {
    throw new IllegalStateException(changeAll().toString());
  }

  @Test
  void whatATaskChangesIsAsBeforeForTheNext() throws Exception {
    List<String> before = pool.apply(LeftoversIT::surroundings);
    List<String> changed = pool.apply(LeftoversIT::changeAll);
    for (int i = 1; i < before.size(); i++) { // the first is the process id
      assertThat(changed.get(i)).isNotEqualTo(before.get(i));
    }
    assertThat(pool.apply(LeftoversIT::surroundings)).isEqualTo(before);
    assertThatThrownBy(() -> pool.apply(LeftoversIT::changeAllAndFail))
        .isInstanceOf(ExecutionException.class);
    assertThat(pool.apply(LeftoversIT::surroundings)).isEqualTo(before);
  }

  static void closeStreams() throws IOException {
    System.in.close();
    System.out.close();
    System.err.close();
  }

  static void closeDescriptors() throws IOException {
    new FileOutputStream(FileDescriptor.out).close();
    new FileOutputStream(FileDescriptor.err).close();
  }

  static int speak(String words) throws IOException {
    System.out.println(words + " on out");
    System.err.println(words + " on err");
    return System.in.read();
  }

  @Test
  void noTaskClosesTheStreamsForTheNext() throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    PrintStream ear = new PrintStream(heard, true, StandardCharsets.UTF_8);
    System.setOut(ear);
    System.setErr(ear);
    try {
      pool.apply(LeftoversIT::closeStreams);
      assertThat(pool.apply(LeftoversIT::speak, "after close")).isEqualTo(-1);
      pool.apply(LeftoversIT::closeDescriptors);
      assertThat(pool.apply(LeftoversIT::speak, "without descriptors")).isEqualTo(-1);
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(heard.toString(StandardCharsets.UTF_8))
                      .contains("after close on out", "after close on err")
                      .contains("without descriptors on out", "without descriptors on err"));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  static void interruptLater(Path go, Path done) {
    Thread slot = Thread.currentThread();
    Thread leftover =
        new Thread(
            () -> {
              try {
                Gate.await(go);
                slot.interrupt();
                Gate.open(done);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    leftover.start();
  }

  @Test
  void anInterruptFromALeftoverThreadIsNotForTheNextTask() throws Exception {
    Path go = temp.resolve("go");
    Path done = temp.resolve("done");
    pool.apply(LeftoversIT::interruptLater, go, done);
    Gate.open(go);
    Gate.await(done);
    assertThat(pool.apply(() -> Thread.currentThread().isInterrupted())).isFalse();
  }

  static void reportLater(Path go, Path done) {
    TaskContext task = TaskContext.current();
    Thread leftover =
        new Thread(
            () -> {
              try {
                Gate.await(go);
                task.progress(1, 2, "from the grave");
                Gate.open(done);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    leftover.start();
  }

  static int reportAfter(Path done) throws InterruptedException {
    Gate.await(done);
    TaskContext.current().progress(2, 2, "alive");
    return 1;
  }

  @Test
  void progressOfATaskThatHasEndedIsNobodys() throws Exception {
    Path go = temp.resolve("go");
    Path done = temp.resolve("done");
    TaskHandle<?> first = pool.applyAsync(LeftoversIT::reportLater, go, done);
    first.get(LIMIT);
    TaskHandle<Integer> next = pool.applyAsync(LeftoversIT::reportAfter, done);
    List<String> reports = new CopyOnWriteArrayList<>();
    var unused = next.onProgress(report -> reports.add(report.message()));
    Gate.open(go);
    assertThat(next.get(LIMIT)).isEqualTo(1);
    assertThat(pool.apply(() -> 42)).isEqualTo(42);
    assertThat(first.progress()).isEmpty();
    assertThat(reports).doesNotContain("from the grave");
  }

  static void leaveThreads(Path never, Path exited) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> create(exited)));
    for (boolean daemon : new boolean[] {true, false}) {
      Thread thread =
          new Thread(
              () -> {
                while (true) {
                  try {
                    Gate.await(never);
                  } catch (InterruptedException | RuntimeException e) {
                    // nothing ends it
                  }
                }
              });
      thread.setDaemon(daemon);
      thread.start();
    }
  }

  private static void create(Path file) {
    try {
      Gate.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void threadsThatGoOnDoNotKeepThePoolFromClosing() throws Exception {
    TaskPool other = CLUSTER.pool(1);
    Path exited = temp.resolve("exited");
    other.apply(LeftoversIT::leaveThreads, temp.resolve("never"), exited);
    assertThat(other.apply(() -> 42)).isEqualTo(42);
    other.shutdown();
    assertThat(other.join(LIMIT)).isTrue();
    assertThat(exited).as("written at the exit of a worker that need not be killed").exists();
  }

  static int descend(int depth) {
    return depth < 0 ? 0 : descend(depth + 1) + 1;
  }

  @Test
  void aStackOverflowFailsTheTaskAlone() throws Exception {
    long before = pool.apply(() -> ProcessHandle.current().pid());
    assertThatThrownBy(() -> pool.apply(LeftoversIT::descend, 0))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(pool.apply(() -> ProcessHandle.current().pid())).isEqualTo(before);
  }

  static int askForTooMuch() {
    return new byte[Integer.MAX_VALUE].length;
  }

  @Test
  void aTaskOutOfMemoryIsTheLastOfItsWorker() throws Exception {
    long before = pool.apply(() -> ProcessHandle.current().pid());
    TaskHandle<Integer> greedy = pool.applyAsync(LeftoversIT::askForTooMuch);
    List<TaskHandle<Long>> others = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      others.add(pool.applyAsync(() -> ProcessHandle.current().pid()));
    }
    assertThatThrownBy(() -> greedy.get(LIMIT))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class);
    for (TaskHandle<Long> other : others) {
      assertThat(other.get(LIMIT)).isNotEqualTo(before);
    }
  }

  /** Leaves a daemon: its parent has ended, and it has a session of its own. */
  static long leaveDaemon() throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!; exit 0")
            .start();
    try (var reader = shell.inputReader()) {
      long pid = Long.parseLong(reader.readLine());
      shell.waitFor();
      return pid;
    }
  }

  static long leaveDaemonAndHang(Path started) throws Exception {
    if (TaskContext.current().attempt() == 1) {
      List<Long> pids = List.of(leaveDaemon(), ProcessHandle.current().pid());
      Files.write(started, pids.stream().map(String::valueOf).toList());
      Gate.await(started.resolveSibling("never"));
    }
    return 42;
  }

  private static ProcessHandle daemonOf(TaskPool owner) throws Exception {
    ProcessHandle daemon = ProcessHandle.of(owner.apply(LeftoversIT::leaveDaemon)).orElseThrow();
    assertThat(owner.apply(() -> 42)).isEqualTo(42);
    assertThat(ProcessTable.isRunning(daemon)).as("after its task").isTrue();
    return daemon;
  }

  @Test
  void aDaemonDiesWithAWorkerThatIsKilled() throws Exception {
    Path started = temp.resolve("started");
    TaskHandle<Long> handle = pool.applyAsync(LeftoversIT::leaveDaemonAndHang, started);
    await()
        .atMost(LIMIT)
        .until(() -> Files.exists(started) && Files.readAllLines(started).size() == 2);
    List<String> pids = Files.readAllLines(started);
    ProcessHandle daemon = ProcessHandle.of(Long.parseLong(pids.get(0))).orElseThrow();
    assertThat(ProcessTable.isRunning(daemon)).isTrue();
    ProcessHandle.of(Long.parseLong(pids.get(1))).orElseThrow().destroyForcibly();
    assertThat(handle.get(LIMIT)).isEqualTo(42);
    assertThat(ProcessTable.isRunning(daemon)).as("when the task has run again").isFalse();
  }

  @Test
  void aDaemonDiesWithThePoolThatIsClosed() throws Exception {
    TaskPool other = CLUSTER.pool(1);
    ProcessHandle daemon = daemonOf(other);
    other.close();
    TestCluster.awaitGone(List.of(daemon), SOON);
  }

  @Test
  void aDaemonDiesWithThePoolThatIsTerminated() throws Exception {
    TaskPool other = CLUSTER.pool(1);
    ProcessHandle daemon = daemonOf(other);
    other.terminate();
    TestCluster.awaitGone(List.of(daemon), SOON);
  }

  /** Has a worker that has left a daemon behind. */
  static final class Daemonic {
    public static void main(String[] args) throws Exception {
      TaskPool own = TaskPool.builder().workers(1).workerHeap("256m").start();
      System.out.println("daemon " + own.apply(LeftoversIT::leaveDaemon));
      Gate.await(Path.of(args[0]));
    }
  }

  @Test
  void aDaemonDiesWithAParentThatIsKilled() throws Exception {
    Program program = CLUSTER.launch(Daemonic.class, temp.resolve("never").toString());
    String line = program.awaitLine(text -> text.startsWith("daemon "));
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(line.substring("daemon ".length()))).orElseThrow();
    assertThat(ProcessTable.isRunning(daemon)).isTrue();
    program.signal("KILL");
    TestCluster.awaitGone(List.of(daemon), SOON);
  }
}
