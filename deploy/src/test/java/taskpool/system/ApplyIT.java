package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.Call;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.TaskProgress;

/** Calls of every form, their handles and what a task knows of itself. */
class ApplyIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  /** A value with methods, to be called on. */
  record Point(int x, int y) {
    Point plus(Point other) {
      return new Point(x + other.x, y + other.y);
    }

    int dot(int a, int b) {
      return x * a + y * b;
    }
  }

  static String none() {
    return "none";
  }

  static String one(int a) {
    return "one " + a;
  }

  static String two(int a, String b) {
    return "two " + a + b;
  }

  static String three(int a, String b, long c) {
    return "three " + a + b + c;
  }

  static String four(int a, String b, long c, boolean d) {
    return "four " + a + b + c + d;
  }

  static String five(int a, String b, long c, boolean d, double e) {
    return "five " + a + b + c + d + e;
  }

  @Test
  void functionsOfNoneToFiveArguments() throws Exception {
    assertThat(pool.apply(ApplyIT::none)).isEqualTo("none");
    assertThat(pool.apply(ApplyIT::one, 1)).isEqualTo("one 1");
    assertThat(pool.apply(ApplyIT::two, 1, "b")).isEqualTo("two 1b");
    assertThat(pool.apply(ApplyIT::three, 1, "b", 3L)).isEqualTo("three 1b3");
    assertThat(pool.apply(ApplyIT::four, 1, "b", 3L, true)).isEqualTo("four 1b3true");
    assertThat(pool.apply(ApplyIT::five, 1, "b", 3L, true, 0.5)).isEqualTo("five 1b3true0.5");
    assertThat(pool.applyAsync(ApplyIT::none).get()).isEqualTo("none");
    assertThat(pool.applyAsync(ApplyIT::one, 1).get()).isEqualTo("one 1");
    assertThat(pool.applyAsync(ApplyIT::two, 1, "b").get()).isEqualTo("two 1b");
    assertThat(pool.applyAsync(ApplyIT::three, 1, "b", 3L).get()).isEqualTo("three 1b3");
    assertThat(pool.applyAsync(ApplyIT::four, 1, "b", 3L, true).get()).isEqualTo("four 1b3true");
    assertThat(pool.applyAsync(ApplyIT::five, 1, "b", 3L, true, 0.5).get())
        .isEqualTo("five 1b3true0.5");
  }

  static void write0() throws IOException {
    Files.writeString(Path.of(System.getProperty("java.io.tmpdir")).resolve("nowhere/at/all"), "");
  }

  static void write1(Path file) throws IOException {
    Files.writeString(file, "1");
  }

  static void write2(Path file, String b) throws IOException {
    Files.writeString(file, "2" + b);
  }

  static void write3(Path file, String b, String c) throws IOException {
    Files.writeString(file, "3" + b + c);
  }

  static void write4(Path file, String b, String c, String d) throws IOException {
    Files.writeString(file, "4" + b + c + d);
  }

  static void write5(Path file, String b, String c, String d, String e) throws IOException {
    Files.writeString(file, "5" + b + c + d + e);
  }

  @Test
  void actionsOfNoneToFiveArguments() throws Exception {
    Path file = temp.resolve("written");
    assertThatThrownBy(() -> pool.apply(ApplyIT::write0))
        .cause()
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
    pool.apply(ApplyIT::write1, file);
    assertThat(file).hasContent("1");
    pool.apply(ApplyIT::write2, file, "b");
    assertThat(file).hasContent("2b");
    pool.apply(ApplyIT::write3, file, "b", "c");
    assertThat(file).hasContent("3bc");
    pool.apply(ApplyIT::write4, file, "b", "c", "d");
    assertThat(file).hasContent("4bcd");
    pool.apply(ApplyIT::write5, file, "b", "c", "d", "e");
    assertThat(file).hasContent("5bcde");
    assertThat(pool.applyAsync(ApplyIT::write1, file).get()).isNull();
    assertThat(file).hasContent("1");
    assertThat(pool.applyAsync(ApplyIT::write5, file, "b", "c", "d", "f").get()).isNull();
    assertThat(file).hasContent("5bcdf");
  }

  @Test
  void constructorsBoundAndUnboundMethods() throws Exception {
    Point point = new Point(2, 3);
    assertThat(pool.<Integer, Integer, Point>apply(Point::new, 2, 3)).isEqualTo(point);
    assertThat(pool.apply(Point::plus, point, new Point(10, 20))).isEqualTo(new Point(12, 23));
    assertThat(pool.apply(Point::dot, point, 10, 100)).isEqualTo(320);
    assertThat(pool.apply(point::dot, 10, 100)).isEqualTo(320);
    assertThat(pool.apply("river"::concat, "bank")).isEqualTo("riverbank");
    assertThat(pool.apply(String::length, "bridge")).isEqualTo(6);
    assertThat(pool.<String, Locale, String>apply(String::toUpperCase, "i", Locale.ROOT))
        .isEqualTo("I");
    assertThat(pool.<List<Integer>, Integer>apply(List::size, List.of(1, 2, 3))).isEqualTo(3);
    assertThat(pool.<String, StringBuilder>apply(StringBuilder::new, "text"))
        .asString()
        .isEqualTo("text");
  }

  @Test
  void lambdasWithCapturedValues() throws Exception {
    int factor = 3;
    long big = 1L << 40;
    String name = "Yuki";
    Point point = new Point(1, 2);
    List<String> words = List.of("a", "b");
    Path file = temp.resolve("lambda");
    assertThat(pool.apply((Integer x) -> x * factor, 14)).isEqualTo(42);
    assertThat(pool.apply(() -> name + big + point.plus(point) + words))
        .isEqualTo("Yuki1099511627776Point[x=2, y=4][a, b]");
    pool.apply(
        text -> {
          Files.writeString(file, text);
        },
        name);
    assertThat(file).hasContent(name);
  }

  static String sing(String name, int num) {
    return name + " sings " + num;
  }

  static String over(int value) {
    return "int " + value;
  }

  static String over(String value) {
    return "string " + value;
  }

  @Test
  void namedCalls() throws Exception {
    String sing = ApplyIT.class.getName() + "#sing";
    String right = "sing(String name, int num)";
    assertThat(pool.apply(Call.named(sing).args("Yuki", 3))).isEqualTo("Yuki sings 3");
    assertThat(pool.apply(Call.named(sing).arg("num", 3).arg("name", "Yuki")))
        .isEqualTo("Yuki sings 3");
    assertThat(pool.apply(Call.named(sing).args("Yuki").arg("num", 3))).isEqualTo("Yuki sings 3");
    assertThat(pool.applyAsync(Call.named(sing).args("Yuki", 3)).get()).isEqualTo("Yuki sings 3");
    assertThat(pool.apply(Call.named(ApplyIT.class.getName() + "#over").args(1)))
        .isEqualTo("int 1");
    assertThat(pool.apply(Call.named(ApplyIT.class.getName() + "#over").args("1")))
        .isEqualTo("string 1");

    assertThatThrownBy(() -> Call.named("sing")).hasMessageContaining("com.acme.Sing#sing");
    assertThatThrownBy(() -> Call.named("com.acme.Nothing#sing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.acme.Nothing");
    assertThatThrownBy(() -> Call.named(ApplyIT.class.getName() + "#dance"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dance")
        .hasMessageContaining("sing");
    assertThatThrownBy(() -> pool.apply(Call.named(sing).arg("nam", "Yuki")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"nam\"")
        .hasMessageContaining(right);
    assertThatThrownBy(() -> pool.apply(Call.named(sing).args("Yuki")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"num\"")
        .hasMessageContaining(right);
    assertThatThrownBy(() -> pool.apply(Call.named(sing).args("Yuki", 3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 arguments, not 3")
        .hasMessageContaining(right);
    assertThatThrownBy(() -> Call.named(sing).arg("num", 3).arg("num", 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"num\"")
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> pool.apply(Call.named(sing).args("Yuki").arg("name", "Mio")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"name\"")
        .hasMessageContaining(right);
    assertThatThrownBy(() -> pool.apply(Call.named(sing).args(3, "Yuki")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(right);
  }

  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // callback and the like return their handle
  void callbacksRunOnceAndNotOnActorThreads() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    List<String> threads = new CopyOnWriteArrayList<>();
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    Consumer<String> record =
        value -> {
          seen.add(value);
          threads.add(Thread.currentThread().getName());
        };
    TaskHandle<String> handle = pool.applyAsync(ApplyIT::one, 1);
    handle.callback(record).errorCallback(errors::add);
    handle.get(LIMIT);
    pool.applyAsync(ApplyIT::write0)
        .callback(nothing -> seen.add("wrong"))
        .errorCallback(
            error -> {
              errors.add(error);
              threads.add(Thread.currentThread().getName());
            });
    pool.applyAsync(ApplyIT::none)
        .callback(
            value -> {
              throw new IllegalStateException("planned: this callback throws");
            })
        .callback(record);
    await().atMost(LIMIT).until(() -> seen.size() == 2 && errors.size() == 1);

    // a late one is called, too, and the callback thread serves on
    handle.callback(value -> seen.add("late " + value));
    await().atMost(LIMIT).until(() -> seen.size() == 3);
    assertThat(seen).containsExactlyInAnyOrder("one 1", "none", "late one 1");
    assertThat(errors).singleElement().isInstanceOf(java.nio.file.NoSuchFileException.class);
    assertThat(threads).containsOnly("taskpool-callbacks");
  }

  @Test
  void handlesAreCompletionStages() throws Exception {
    Path go = temp.resolve("go");
    TaskHandle<String> slow = pool.applyAsync(ApplyIT::noneAfter, go);
    CompletableFuture<String> thread = new CompletableFuture<>();
    CompletableFuture<Integer> combined =
        slow.thenApply(
                text -> {
                  thread.complete(Thread.currentThread().getName());
                  return text.length();
                })
            .thenCombine(pool.applyAsync(String::length, "three"), Integer::sum)
            .toCompletableFuture();
    assertThat(combined).isNotDone();
    Gate.open(go);
    assertThat(combined.get(30, TimeUnit.SECONDS)).isEqualTo(9);
    assertThat(thread.get(30, TimeUnit.SECONDS)).doesNotContain("taskpool");
    assertThat(
            pool.applyAsync(ApplyIT::write0)
                .handle((nothing, error) -> error)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS))
        .satisfies(
            error ->
                assertThat(error instanceof CompletionException ? error.getCause() : error)
                    .isInstanceOf(java.nio.file.NoSuchFileException.class));

    // who cancels or completes what was handed out changes nothing for the others
    slow.toCompletableFuture().cancel(true);
    assertThat(slow.get()).isEqualTo("none");
  }

  static String noneAfter(Path go) throws Exception {
    Gate.await(go);
    return "none";
  }

  @Test
  void aTimeOutMayBeFollowedByAnotherTry() throws Exception {
    Path go = temp.resolve("go");
    TaskHandle<String> handle = pool.applyAsync(ApplyIT::noneAfter, go);
    assertThatThrownBy(() -> handle.get(Duration.ofMillis(20)))
        .isInstanceOf(TimeoutException.class);
    assertThat(handle.await(Duration.ofMillis(1))).isFalse();
    assertThat(handle.ready()).isFalse();
    assertThatThrownBy(handle::successful).isInstanceOf(IllegalStateException.class);
    Gate.open(go);
    assertThat(handle.get(LIMIT)).isEqualTo("none");
    assertThat(handle.get(1, TimeUnit.NANOSECONDS)).isEqualTo("none");
    assertThat(handle.await(Duration.ZERO)).isTrue();
    assertThat(handle.ready()).isTrue();
    assertThat(handle.successful()).isTrue();
    TaskHandle<?> failing = pool.applyAsync(ApplyIT::write0);
    assertThat(failing.await(LIMIT)).isTrue();
    assertThat(failing.successful()).isFalse();
  }

  record Identity(
      long pid,
      long parentPid,
      String workerName,
      String host,
      String taskId,
      int attempt,
      boolean cancelled,
      long realPid) {
    static Identity here() {
      TaskContext task = TaskContext.current();
      return new Identity(
          task.pid(),
          task.parentPid(),
          task.workerName(),
          task.host(),
          task.taskId(),
          task.attempt(),
          task.isCancelled(),
          ProcessHandle.current().pid());
    }
  }

  @Test
  void aTaskKnowsWhereItRuns() throws Exception {
    TaskHandle<Identity> handle = pool.applyAsync(Identity::here);
    Identity identity = handle.get(LIMIT);
    assertThat(identity.pid()).isEqualTo(identity.realPid());
    assertThat(ProcessTable.workers()).extracting(ProcessHandle::pid).contains(identity.pid());
    assertThat(identity.parentPid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(identity.workerName()).matches("worker-[12]");
    assertThat(identity.host()).isNotBlank();
    assertThat(identity.taskId()).isEqualTo(handle.id());
    assertThat(identity.attempt()).isEqualTo(1);
    assertThat(identity.cancelled()).isFalse();
    assertThat(pool.applyAsync(Identity::here).id()).isNotEqualTo(handle.id());
    assertThat(TaskContext.find()).isEmpty();
    assertThatThrownBy(TaskContext::current).isInstanceOf(IllegalStateException.class);
  }

  static void progressing(Path go) throws Exception {
    TaskContext task = TaskContext.current();
    task.progress(1, 3, "begun");
    Gate.await(go);
    for (int i = 0; i < 1000; i++) {
      task.progress(2, 3, "more " + i);
    }
    task.progress(3, 3, "完了");
    Gate.await(go.resolveSibling("end"));
  }

  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // callback and the like return their handle
  void progressIsSeenAtTheHandle() throws Exception {
    Path go = temp.resolve("go");
    TaskHandle<?> handle = pool.applyAsync(ApplyIT::progressing, go);
    await().atMost(LIMIT).until(() -> handle.progress().isPresent());
    assertThat(handle.progress()).contains(new TaskProgress(1, 3, "begun"));
    List<TaskProgress> heard = new CopyOnWriteArrayList<>();
    handle.onProgress(heard::add);
    Gate.open(go);
    TaskProgress last = new TaskProgress(3, 3, "完了");
    await().atMost(LIMIT).until(() -> heard.contains(last));
    assertThat(handle.progress()).contains(last);
    assertThat(handle.ready()).isFalse();
    Gate.open(temp.resolve("end"));
    handle.get(LIMIT);
    assertThat(heard).last().isEqualTo(last);
  }

  static void untilCancelled(Path started, Path seen) throws IOException {
    Gate.open(started);
    try {
      Gate.await(seen.resolveSibling("never"));
    } catch (InterruptedException e) {
      Files.writeString(seen, "cancelled " + TaskContext.current().isCancelled());
    }
  }

  @Test
  void cancelling() throws Exception {
    var pids = TestCluster.pids(pool);
    Path started = temp.resolve("started");
    Path seen = temp.resolve("seen");
    Path go = temp.resolve("go");
    TaskHandle<?> running = pool.applyAsync(ApplyIT::untilCancelled, started, seen);
    TaskHandle<String> other = pool.applyAsync(ApplyIT::noneAfter, go);
    TaskHandle<?> queued = pool.applyAsync(ApplyIT::write1, temp.resolve("never written"));
    Gate.await(started);
    assertThat(queued.cancel(false)).isTrue();
    assertThat(running.cancel(false)).isFalse();
    assertThat(running.cancel(true)).isTrue();
    assertThatThrownBy(() -> running.get(LIMIT)).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> queued.get(LIMIT)).isInstanceOf(CancellationException.class);
    assertThat(running.isCancelled()).isTrue();
    assertThat(queued.isCancelled()).isTrue();
    assertThat(seen).hasContent("cancelled true");
    Gate.open(go);
    assertThat(other.get(LIMIT)).isEqualTo("none");
    assertThat(other.cancel(true)).isFalse();
    assertThat(other.isCancelled()).isFalse();
    assertThat(temp.resolve("never written")).doesNotExist();
    assertThat(TestCluster.pids(pool)).isEqualTo(pids);
  }

  static int sumOfSquares(int n) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      numbers.add(i);
    }
    TaskPool own = TaskContext.current().pool();
    int sum = 0;
    for (int square : own.map(x -> x * x, numbers)) {
      sum += square;
    }
    return sum + own.apply(ApplyIT::zero) + own.workers();
  }

  static int zero() {
    return 0;
  }

  static void closingOwnPool() {
    TaskContext.current().pool().close();
  }

  @Test
  void aTaskSubmitsToItsOwnPool() throws Exception {
    assertThat(pool.applyAsync(ApplyIT::sumOfSquares, 100).get(LIMIT)).isEqualTo(338_350 + 2);
    assertThatThrownBy(() -> pool.apply(ApplyIT::closingOwnPool))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("close");
    assertThat(pool.apply(ApplyIT::none)).isEqualTo("none");
  }
}
