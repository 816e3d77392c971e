package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.Call;
import taskpool.JvmProcess;
import taskpool.JvmProcessBuilder;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.NotSendableException;

/**
 * Single processes, from their creation to their end. They do not print: this test's standard
 * output is not its own.
 */
class JvmProcessIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static int counter;

  @TempDir Path temp;

  static void nothing() {}

  static void exit(int code) {
    System.exit(code);
  }

  static void startedThenWait(Path started) throws Exception {
    Files.writeString(started, Long.toString(ProcessHandle.current().pid()));
    Gate.await(started.resolveSibling("go"));
  }

  static JvmProcess awaitStarted(JvmProcess process, Path started) {
    await("the function of " + process)
        .atMost(LIMIT)
        .until(() -> Files.exists(started) && !Files.readString(started).isEmpty());
    return process;
  }

  private JvmProcess startWaiting() {
    Path started = temp.resolve("started");
    JvmProcess process = JvmProcess.of(JvmProcessIT::startedThenWait, started);
    process.start();
    return awaitStarted(process, started);
  }

  static int exitCodeOf(JvmProcess process) throws InterruptedException {
    assertThat(process.join(LIMIT)).isTrue();
    return process.exitCode().orElseThrow();
  }

  @Test
  void exitCodes() throws Exception {
    JvmProcess normal = JvmProcess.of(JvmProcessIT::nothing);
    assertThat(normal.exitCode()).isEmpty();
    normal.start();
    JvmProcess chosen = JvmProcess.of(JvmProcessIT::exit, 7);
    chosen.start();
    assertThat(exitCodeOf(normal)).isZero();
    assertThat(exitCodeOf(chosen)).isEqualTo(7);

    JvmProcess terminated = startWaiting();
    assertThat(terminated.exitCode()).isEmpty();
    terminated.terminate();
    assertThat(exitCodeOf(terminated)).isEqualTo(-15);
    terminated.terminate();
    terminated.kill();
  }

  @Test
  void theWrongOrderIsSaid() throws Exception {
    JvmProcess process = JvmProcess.of(JvmProcessIT::startedThenWait, temp.resolve("started"));
    assertThat(process.isAlive()).isFalse();
    for (var call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            process::join,
            () -> process.join(Duration.ZERO),
            process::terminate,
            process::kill,
            process::pid)) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(process.name())
          .hasMessageContaining("call start() before");
    }
    process.start();
    assertThatThrownBy(process::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("create another one");
    assertThat(process.isAlive()).isTrue();
    assertThat(process.join(Duration.ofMillis(10))).isFalse();
    assertThat(JvmProcess.activeChildren()).contains(process);
    assertThatThrownBy(process::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("still running");
    Gate.open(temp.resolve("go"));
    assertThat(exitCodeOf(process)).isZero();
    process.join();
    assertThat(process.isAlive()).isFalse();
    assertThat(JvmProcess.activeChildren()).doesNotContain(process);
    assertThatThrownBy(process::start).isInstanceOf(IllegalStateException.class);
    process.close();
    process.close();
    assertThat(process.name()).startsWith("JvmProcess-");
    for (var call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            process::start,
            process::join,
            process::isAlive,
            process::terminate,
            process::kill,
            process::pid,
            process::exitCode)) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed");
    }
    JvmProcess unused = JvmProcess.of(JvmProcessIT::nothing);
    unused.close();
    assertThatThrownBy(unused::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInterruptEndsTheWaitingAtOnceAndNotTheProcess() throws Exception {
    JvmProcess process = startWaiting();
    FutureTask<Boolean> joining =
        new FutureTask<>(
            () -> {
              try {
                process.join();
                return false;
              } catch (InterruptedException e) {
                return true;
              }
            });
    Thread thread = new Thread(joining, "joining");
    thread.start();
    await().atMost(LIMIT).until(() -> thread.getState() == Thread.State.WAITING);
    thread.interrupt();
    assertThat(joining.get()).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> process.join(LIMIT)).isInstanceOf(InterruptedException.class);
    assertThat(process.isAlive()).isTrue();
    Gate.open(temp.resolve("go"));
    assertThat(exitCodeOf(process)).isZero();
  }

  static void write(Path file, String name, int age, List<String> rest) throws Exception {
    Files.writeString(file, "%s %d %s".formatted(name, age, rest));
  }

  @Test
  void argumentsByPositionAndByName() throws Exception {
    Path one = temp.resolve("one");
    Path two = temp.resolve("two");
    JvmProcess byPosition = JvmProcess.of(JvmProcessIT::write, one, "test", 18, List.of("a", "b"));
    JvmProcess byName =
        JvmProcess.of(
            Call.named(JvmProcessIT.class.getName() + "#write")
                .args(two)
                .arg("rest", List.of())
                .arg("age", 20)
                .arg("name", "测试"));
    byPosition.start();
    byName.start();
    assertThat(exitCodeOf(byPosition)).isZero();
    assertThat(exitCodeOf(byName)).isZero();
    assertThat(one).hasContent("test 18 [a, b]");
    assertThat(two).hasContent("测试 20 []");
  }

  @Test
  void aLongArgumentArrivesAndALambdaTakesWhatItCaptures() throws Exception {
    Path file = temp.resolve("file");
    String text = "river ".repeat(1_000_000);
    JvmProcess process = JvmProcess.of(() -> Files.writeString(file, text));
    process.start();
    assertThat(exitCodeOf(process)).isZero();
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  /** A process as the tutorials write it: what it needs is in its fields. */
  static final class Singer extends JvmProcess {
    private final Path file;
    private final List<Integer> notes;

    Singer(Path file, List<Integer> notes) {
      this.file = file;
      this.notes = notes;
    }

    @Override
    public void run() throws Exception {
      counter++;
      report(this, file, notes);
    }
  }

  private static void report(JvmProcess process, Path file, List<Integer> notes) throws Exception {
    JvmProcess current = JvmProcess.current();
    Files.writeString(
        file,
        "%s %s %s %d %s %s"
            .formatted(
                notes,
                process.name(),
                current.name(),
                ProcessHandle.current().pid(),
                current == process,
                current.daemon()));
  }

  /** One with a constructor for its process, and settings of its own. */
  static final class Alto extends JvmProcess {
    private Path file;
    private List<Integer> notes;

    private Alto() {}

    Alto(JvmProcessBuilder settings, Path file, List<Integer> notes) {
      super(settings);
      this.file = file;
      this.notes = notes;
    }

    @Override
    public void run() throws Exception {
      report(this, file, notes);
    }
  }

  @Test
  void aSubclassTakesItsFieldsAlongAndRunStaysHere() throws Exception {
    Path file = temp.resolve("file");
    Singer singer = new Singer(file, List.of(1, 2));
    Alto next = new Alto(JvmProcess.builder().name("alto").daemon(true), file, List.of(3));
    assertThat(next.daemon()).isTrue();
    long here = ProcessHandle.current().pid();
    int before = counter;
    singer.run();
    assertThat(counter).isEqualTo(before + 1);
    assertThat(file)
        .hasContent("[1, 2] %s MainProcess %d false false".formatted(singer.name(), here));
    assertThat(singer.isAlive()).isFalse();
    singer.start();
    assertThat(exitCodeOf(singer)).isZero();
    assertThat(counter).isEqualTo(before + 1); // no memory is shared
    assertThat(file)
        .hasContent(
            "[1, 2] %s %s %d true false".formatted(singer.name(), singer.name(), singer.pid()));
    next.start();
    assertThat(exitCodeOf(next)).isZero();
    assertThat(file).hasContent("[3] alto alto %d true true".formatted(next.pid()));
  }

  /** Has nothing to take along. */
  static final class Silent extends JvmProcess {
    @Override
    public void run() {
      System.exit(11);
    }
  }

  @Test
  void aSubclassWithoutFields() throws Exception {
    Silent silent = new Silent();
    silent.start();
    assertThat(exitCodeOf(silent)).isEqualTo(11);
    int number = Integer.parseInt(silent.name().substring("JvmProcess-".length()));
    assertThat(new Silent().name()).isEqualTo("JvmProcess-" + (number + 1));
  }

  /** Has a process of its own, which it creates wherever it is created itself. */
  static final class Leading extends JvmProcess {
    private final transient JvmProcess helper = JvmProcess.of(JvmProcessIT::exit, 7);
    private Path file;

    private Leading() {}

    Leading(Path file) {
      this.file = file;
    }

    @Override
    public void run() throws Exception {
      helper.start();
      Files.writeString(file, "%s %d".formatted(helper.name(), exitCodeOf(helper)));
    }
  }

  @Test
  void aProcessThatAnotherOneHasInAFieldIsNoPartOfIt() throws Exception {
    Path file = temp.resolve("file");
    Leading leading = new Leading(file);
    leading.start();
    assertThat(exitCodeOf(leading)).isZero();
    assertThat(file).hasContent(leading.name() + ":1 7");
  }

  @Test
  void aFunctionRunsInTheCallersProcessToo() throws Exception {
    Path file = temp.resolve("file");
    JvmProcess.of(JvmProcessIT::write, file, "here", 1, List.of()).run();
    assertThat(file).hasContent("here 1 []");
    JvmProcess failing = JvmProcess.of(JvmProcessIT::fail, "on purpose");
    assertThatThrownBy(failing::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("on purpose");
  }

  static void fail(String message) {
    throw new IllegalStateException(message);
  }

  static void take(Object anything) {}

  static final class Holder extends JvmProcess {
    private final Socket line;

    Holder(Socket line) {
      this.line = line;
    }

    @Override
    public void run() {
      take(line);
    }
  }

  @Test
  void whatCannotBeSentIsNamed() throws Exception {
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> JvmProcess.of(JvmProcessIT::take, socket))
          .isInstanceOf(NotSendableException.class)
          .hasMessageContaining("java.net.Socket")
          .hasMessageContaining("argument 1");
      Holder holder = new Holder(socket);
      assertThatThrownBy(holder::start)
          .isInstanceOf(NotSendableException.class)
          .hasMessageContaining(Holder.class.getName())
          .hasMessageContaining("java.net.Socket")
          .hasMessageContaining(".line");
      assertThat(holder.isAlive()).isFalse();
      JvmProcess anonymous =
          new JvmProcess() {
            @Override
            public void run() {}
          };
      assertThatThrownBy(anonymous::start)
          .isInstanceOf(NotSendableException.class)
          .hasMessageContaining(anonymous.name());
      JvmProcess process = JvmProcess.of(JvmProcessIT::nothing);
      assertThatThrownBy(() -> JvmProcess.of(JvmProcessIT::take, process))
          .isInstanceOf(NotSendableException.class);
    }
  }

  static void describe(Path file) throws Exception {
    Files.writeString(
        file,
        "%s %s %s %d"
            .formatted(
                System.getenv("RIVER"),
                Path.of("").toAbsolutePath(),
                System.getProperty("some.property"),
                System.in.read()));
  }

  @Test
  void environmentDirectoryOptionsAndAnEmptyStandardInput() throws Exception {
    Path file = temp.resolve("file");
    JvmProcess process =
        JvmProcess.builder()
            .name("special")
            .environment("RIVER", "Loire")
            .directory(temp)
            .jvmOptions("-Dsome.property=with space")
            .of(Call.of(JvmProcessIT::describe, file));
    assertThat(process.name()).isEqualTo("special");
    process.start();
    assertThat(exitCodeOf(process)).isZero();
    assertThat(file).hasContent("Loire %s with space -1".formatted(temp.toRealPath()));

    JvmProcess plain = JvmProcess.of(JvmProcessIT::describe, file);
    plain.start();
    assertThat(exitCodeOf(plain)).isZero();
    assertThat(file).hasContent("null %s null -1".formatted(Path.of("").toAbsolutePath()));

    JvmProcess nowhere =
        JvmProcess.builder().directory(temp.resolve("nowhere")).of(JvmProcessIT::nothing);
    assertThatThrownBy(nowhere::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(nowhere.name())
        .hasMessageContaining("nowhere");
    assertThat(nowhere.isAlive()).isFalse();
  }

  private static WeakReference<JvmProcess> runToItsEnd() throws InterruptedException {
    JvmProcess process = JvmProcess.of(JvmProcessIT::take, "x".repeat(1_000));
    process.start();
    assertThat(exitCodeOf(process)).isZero();
    return new WeakReference<>(process);
  }

  @Test
  void nobodyHoldsAProcessThatHasEnded() throws Exception {
    WeakReference<JvmProcess> ended = runToItsEnd();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return ended.get() == null;
            });
  }

  @Test
  void thisProcessIsNoChild() {
    JvmProcess current = JvmProcess.current();
    assertThat(current.name()).isEqualTo("MainProcess");
    assertThat(current.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(current.isAlive()).isTrue();
    assertThat(current.exitCode()).isEmpty();
    assertThat(JvmProcess.parent()).isEmpty();
    assertThatThrownBy(current::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(current::join).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(current::close).isInstanceOf(IllegalStateException.class);
  }

  static int exitCodeOfChild(int code) throws Exception {
    JvmProcess process = JvmProcess.of(JvmProcessIT::exit, code);
    process.start();
    process.join();
    return process.exitCode().orElseThrow();
  }

  static long startAndLeave(Path started) {
    JvmProcess process = JvmProcess.of(JvmProcessIT::startedThenWait, started);
    process.start();
    return process.pid();
  }

  @Test
  void aTaskHasProcessesThatEndWithItsWorker() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    assertThat(pool.apply(JvmProcessIT::exitCodeOfChild, 9)).isEqualTo(9);
    assertThat(pool.apply(() -> JvmProcess.current().name())).isEqualTo("worker-1");
    Path started = temp.resolve("started");
    TaskHandle<Long> left = pool.applyAsync(JvmProcessIT::startAndLeave, started);
    ProcessHandle child = ProcessHandle.of(left.get(LIMIT)).orElseThrow();
    await().atMost(LIMIT).until(() -> Files.exists(started));
    assertThat(child.isAlive()).isTrue();
    ProcessTable.workers().forEach(ProcessHandle::destroyForcibly);
    TestCluster.awaitGone(List.of(child), Duration.ofSeconds(2));
  }
}
