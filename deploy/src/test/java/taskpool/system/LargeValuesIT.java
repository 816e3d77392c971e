package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.ResultIterator;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.NotSendableException;
import taskpool.error.PoolClosedException;
import taskpool.payload.Payloads;

/** Values that travel in files: they arrive, and no file is left, whatever dies. */
class LargeValuesIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TREE_GONE = Duration.ofSeconds(2);
  private static final int LARGE = 1 << 20;

  @TempDir Path temp;

  static byte[] echo(byte[] bytes) {
    return bytes;
  }

  static byte[] make(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  static List<byte[]> reversed(List<byte[]> arrays) {
    List<byte[]> reversed = new ArrayList<>(arrays);
    Collections.reverse(reversed);
    return reversed;
  }

  static String twice(String text) {
    return text + text;
  }

  static byte[] failsAtTwo(byte[] bytes) {
    if (bytes[0] == 2) {
      throw new IllegalArgumentException("two");
    }
    return bytes;
  }

  static byte[] fails(byte[] bytes) {
    throw new IllegalStateException("of " + bytes.length);
  }

  /** The folders of a process's pools. */
  private static List<Path> folders(long pid) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path parent :
        List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
      if (Files.isDirectory(parent)) {
        try (Stream<Path> entries = Files.list(parent)) {
          String owner = "-" + pid + "-";
          entries
              .filter(entry -> entry.getFileName().toString().startsWith("taskpool-"))
              .filter(entry -> entry.getFileName().toString().contains(owner))
              .forEach(found::add);
        }
      }
    }
    return found;
  }

  static List<Path> ownFolders() throws IOException {
    return folders(ProcessHandle.current().pid());
  }

  /** From now on, the values of this process's pools travel in messages. */
  static void removeOwnFolders() throws IOException {
    for (Path folder : ownFolders()) {
      while (!isRemoved(folder)) {
        for (Path file : Gate.list(folder)) {
          boolean unused = Files.deleteIfExists(file); // the pool renames and removes some, too
        }
      }
    }
  }

  private static boolean isRemoved(Path folder) throws IOException {
    try {
      Files.delete(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  /** The payloads in this process's one folder, but for files that wait to be written again. */
  private static List<String> payloads() throws IOException {
    assertThat(ownFolders()).hasSize(1);
    try (Stream<Path> files = Files.list(ownFolders().get(0))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".spare"))
          .filter(name -> !name.equals("owner.lock") && !name.equals("socket"))
          .toList();
    }
  }

  private static void awaitNoPayloads() {
    await("no payload to be left").atMost(LIMIT).until(() -> payloads().isEmpty());
  }

  @Test
  void valuesAroundTheThresholdAndBeyond() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    int threshold = Payloads.FILE_FROM_BYTES;
    for (int length :
        new int[] {threshold - 10, threshold - 5, threshold - 1, threshold, 2 * LARGE}) {
      byte[] bytes = make(length);
      assertThat(pool.apply(LargeValuesIT::echo, bytes)).isEqualTo(bytes);
    }
    List<byte[]> arrays = List.of(make(1), make(LARGE), make(3 * LARGE), make(2));
    assertThat(pool.apply(LargeValuesIT::reversed, arrays))
        .extracting(array -> array.length)
        .containsExactly(2, 3 * LARGE, LARGE, 1);
    String text = "large文".repeat(threshold);
    assertThat(pool.apply(LargeValuesIT::twice, text)).isEqualTo(text + text);
    assertThatThrownBy(() -> pool.apply(LargeValuesIT::fails, make(LARGE)))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("of " + LARGE);
    awaitNoPayloads();
  }

  @Test
  void aHundredMegabytesAreInAHeapOnlyOnce() throws Exception {
    TaskPool pool = CLUSTER.start(builder -> builder.workers(1).workerHeap("200m"));
    byte[] huge = make(100_000_000);
    huge[77_777_777] = 9;
    assertThat(Arrays.equals(pool.apply(LargeValuesIT::echo, huge), huge)).isTrue();
  }

  @Test
  void mapsOfLargeValues() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    List<byte[]> items = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] item = make(LARGE / 2);
      item[0] = (byte) i;
      items.add(item);
    }
    assertThat(pool.map(LargeValuesIT::echo, items, 3)).containsExactlyElementsOf(items);
    assertThatThrownBy(() -> pool.map(LargeValuesIT::failsAtTwo, items, 3))
        .hasRootCauseMessage("two");
    try (ResultIterator<byte[]> results = pool.imap(LargeValuesIT::failsAtTwo, items, 1)) {
      for (int i = 0; i < 5; i++) {
        if (i == 2) {
          assertThatThrownBy(results::next)
              .isInstanceOf(CompletionException.class)
              .hasRootCauseMessage("two");
        } else {
          assertThat(results.next()).isEqualTo(items.get(i));
        }
      }
    } // the rest is not wanted
    awaitNoPayloads();
  }

  static byte[] startedThenWaits(Path started, Path go, byte[] bytes) throws Exception {
    Gate.startedThenAwait(started, go);
    return bytes;
  }

  @Test
  void ofACancelledTaskNothingIsLeft() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    Path started = temp.resolve("started");
    TaskHandle<byte[]> running =
        pool.applyAsync(
            LargeValuesIT::startedThenWaits, started, temp.resolve("never"), make(LARGE));
    TaskHandle<byte[]> queued = pool.applyAsync(LargeValuesIT::echo, make(LARGE));
    Gate.await(started);
    assertThat(payloads()).hasSize(2);
    assertThat(queued.cancel(false)).isTrue();
    assertThat(running.cancel(true)).isTrue();
    awaitNoPayloads();
  }

  @Test
  void argumentsThatAreGoneAreAnErrorAndNoHang() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    Path started = temp.resolve("started");
    Path go = temp.resolve("go");
    TaskHandle<Long> blocker = pool.applyAsync(Gate::startedThenAwait, started, go);
    Gate.await(started);
    TaskHandle<byte[]> robbed = pool.applyAsync(LargeValuesIT::echo, make(LARGE));
    Files.delete(ownFolders().get(0).resolve(payloads().get(0)));
    Gate.open(go);
    blocker.get(LIMIT);
    assertThatThrownBy(() -> robbed.get(LIMIT))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("can't be read");
    TaskHandle<byte[]> unreadable = pool.applyAsync(LargeValuesIT::make, LARGE);
    unreadable.await(LIMIT);
    Files.delete(ownFolders().get(0).resolve(payloads().get(0)));
    assertThatThrownBy(unreadable::get).cause().isInstanceOf(NotSendableException.class);
    assertThat(pool.apply(LargeValuesIT::echo, make(LARGE))).hasSize(LARGE);
  }

  /** Of one host, all processes are connected: the kernel lists a socket's path for each end. */
  @Test
  void workersAreConnectedByTheSocketInTheFolder() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    assertThat(TestCluster.pids(pool)).hasSize(2);
    String socket = ownFolders().get(0).resolve("socket").toString();
    assertThat(Files.readAllLines(Path.of("/proc/net/unix")))
        .filteredOn(line -> line.endsWith(socket))
        .as("one that listens, and one for each worker")
        .hasSize(3);
  }

  @Test
  void withoutTheFolderAllArrivesAllTheSame() throws Exception {
    TaskPool pool = CLUSTER.pool(1);
    assertThat(pool.apply(LargeValuesIT::echo, make(LARGE))).hasSize(LARGE);
    removeOwnFolders();
    assertThat(pool.apply(LargeValuesIT::echo, make(LARGE))).hasSize(LARGE);
  }

  static byte[] dieFirst(Path pids, byte[] bytes) throws Exception {
    TaskContext task = TaskContext.current();
    if (task.attempt() == 1) {
      Gate.open(pids.resolve(Long.toString(task.pid())));
      Gate.await(pids.resolve("never"));
    }
    return bytes;
  }

  @Test
  void aTaskWhoseWorkerIsKilledReadsItsArgumentsAgain() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    byte[] bytes = make(5 * LARGE);
    Path pids = Files.createDirectory(temp.resolve("pids"));
    TaskHandle<byte[]> handle = pool.applyAsync(LargeValuesIT::dieFirst, pids, bytes);
    await().atMost(LIMIT).until(() -> !Gate.list(pids).isEmpty());
    long victim = Long.parseLong(Gate.list(pids).get(0).getFileName().toString());
    ProcessHandle.of(victim).orElseThrow().destroyForcibly();
    assertThat(handle.get(LIMIT)).isEqualTo(bytes);
    awaitNoPayloads();
  }

  static int sumOfOwnTasks(byte[] bytes) throws Exception {
    TaskPool own = TaskContext.current().pool();
    TaskHandle<byte[]> inner = own.applyAsync(LargeValuesIT::echo, bytes);
    return inner.get().length;
  }

  @Test
  void tasksSubmitLargeTasks() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    assertThat(pool.apply(LargeValuesIT::sumOfOwnTasks, make(2 * LARGE))).isEqualTo(2 * LARGE);
    awaitNoPayloads();
  }

  @Test
  void whatWasNotReadCanBeReadAfterThePoolsEnd() throws Exception {
    List<TaskHandle<byte[]>> handles = new ArrayList<>();
    try (TaskPool pool = TaskPool.builder().workers(2).workerHeap("256m").start()) {
      for (int i = 1; i <= 5; i++) {
        handles.add(pool.applyAsync(LargeValuesIT::make, i * LARGE));
      }
      handles.get(4).get(LIMIT);
    }
    assertThat(ownFolders()).isEmpty();
    for (int i = 1; i <= 5; i++) {
      assertThat(handles.get(i - 1).get()).hasSize(i * LARGE);
    }
  }

  @Test
  void ofATerminatedPoolNothingIsLeft() throws Exception {
    TaskPool pool = CLUSTER.pool(2);
    List<TaskHandle<byte[]>> handles = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      handles.add(pool.applyAsync(LargeValuesIT::echo, make(LARGE)));
    }
    handles.get(0).await(LIMIT);
    pool.terminate();
    assertThat(pool.join(LIMIT)).isTrue();
    assertThat(ownFolders()).isEmpty();
    assertThat(handles.get(0).get()).hasSize(LARGE);
    assertThatThrownBy(() -> handles.get(49).get()).cause().isInstanceOf(PoolClosedException.class);
  }

  /** Has large tasks under way all the time. */
  static final class Hauling {
    public static void main(String[] args) throws Exception {
      TaskPool pool = TaskPool.builder().workers(2).workerHeap("256m").start();
      for (byte[] bytes = make(LARGE); ; bytes = pool.apply(LargeValuesIT::echo, bytes)) {
        TaskHandle<byte[]> unread = pool.applyAsync(LargeValuesIT::echo, bytes);
        unread.await(LIMIT);
        System.out.println("hauled");
      }
    }
  }

  @Test
  void ofAProgramThatIsKilledNothingIsLeft() throws Exception {
    for (String signal : List.of("KILL", "TERM")) {
      Program program = CLUSTER.launch(Hauling.class);
      program.awaitLine("hauled"::equals);
      assertThat(folders(program.pid())).hasSize(1);
      List<ProcessHandle> tree = new ArrayList<>(program.descendants());
      program.signal(signal);
      TestCluster.awaitGone(tree, TREE_GONE);
      await().atMost(TREE_GONE).until(() -> folders(program.pid()).isEmpty());
    }
  }

  @Test
  void whatIsKilledWithAllItsWorkersIsSweptByTheNextPool() throws Exception {
    Program program = CLUSTER.launch(Hauling.class);
    program.awaitLine("hauled"::equals);
    List<ProcessHandle> tree = new ArrayList<>(program.descendants());
    tree.forEach(ProcessHandle::destroyForcibly);
    program.signal("KILL");
    program.exitCode();
    tree.addAll(program.descendants());
    TestCluster.awaitGone(tree, TREE_GONE);
    CLUSTER.pool(1);
    assertThat(folders(program.pid())).isEmpty();
  }
}
