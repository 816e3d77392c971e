package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.NotSendableException;
import taskpool.sync.ClusterQueue;

/** Queues between the program, tasks and single processes. */
class QueueIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration MOMENT = Duration.ofMillis(50);

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  @Test
  void isAsTheJdksQueuesAre() throws Exception {
    ClusterQueue<String> queue = pool.queue("jdk", 2);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.poll()).isNull();
    assertThat(queue.poll(MOMENT)).isNull();
    assertThat(queue.poll(1, TimeUnit.MILLISECONDS)).isNull();
    assertThat(queue.peek()).isNull();
    assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
    assertThat(queue.offer("a")).isTrue();
    queue.put("b");
    assertThat(queue.isFull()).isTrue();
    assertThat(queue.offer("c")).isFalse();
    assertThat(queue.offer("c", MOMENT)).isFalse();
    assertThatThrownBy(() -> queue.add("c")).isInstanceOf(IllegalStateException.class);
    assertThat(queue).hasSize(2).containsExactly("a", "b").contains("b");
    assertThat(queue.peek()).isEqualTo("a");
    Iterator<String> all = queue.iterator();
    assertThat(all.next()).isEqualTo("a");
    all.remove();
    assertThat(queue.remove("x")).isFalse();
    assertThat(queue.take()).isEqualTo("b");
    queue.put("d");
    queue.put("e");
    List<String> drained = new ArrayList<>();
    assertThat(queue.drainTo(drained)).isEqualTo(2);
    assertThat(drained).containsExactly("d", "e");
    assertThat(queue.drainTo(drained)).isZero();
    Thread.currentThread().interrupt();
    assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
    assertThat(pool.queue("free").remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
  }

  static int produce(ClusterQueue<Integer> queue, int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      queue.put(i);
    }
    return to - from;
  }

  static List<Integer> consume(ClusterQueue<Integer> queue) throws InterruptedException {
    List<Integer> got = new ArrayList<>();
    for (int next = queue.take(); next >= 0; next = queue.take()) {
      got.add(next);
    }
    return got;
  }

  @Test
  void producersAndConsumersShareTheWork() throws Exception {
    ClusterQueue<Integer> queue = pool.queue("work", 10);
    List<TaskHandle<List<Integer>>> consumers = new ArrayList<>();
    for (int i = 0; i < 3; i++) { // more than there are slots, and the producers come after them
      consumers.add(pool.applyAsync(QueueIT::consume, queue));
    }
    TaskHandle<Integer> one = pool.applyAsync(QueueIT::produce, queue, 0, 300);
    JvmProcess two = JvmProcess.of(QueueIT::produceInProcess, queue, 300, 600);
    two.start();
    produce(queue, 600, 900);
    one.get(LIMIT);
    assertThat(two.join(LIMIT)).isTrue();
    queue.putAll(List.of(-1, -1, -1));
    List<Integer> all = new ArrayList<>();
    for (TaskHandle<List<Integer>> consumer : consumers) {
      List<Integer> got = consumer.get(LIMIT);
      for (int from = 0; from < 900; from += 300) { // what one producer put comes in its order
        int producer = from;
        assertThat(got.stream().filter(x -> x >= producer && x < producer + 300)).isSorted();
      }
      all.addAll(got);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 900).boxed().toList());
  }

  static void produceInProcess(ClusterQueue<Integer> queue, int from, int to)
      throws InterruptedException {
    produce(queue, from, to);
  }

  /** A type of the program's own. */
  record Item(String name, int count) {}

  static Item oneMore(ClusterQueue<Item> queue) throws InterruptedException {
    Item item = queue.take();
    return new Item(item.name(), item.count() + 1);
  }

  @Test
  void holdsTypesOfTheProgramIfItIsTold() throws Exception {
    ClusterQueue<Item> queue = pool.queue("items", 0, Item.class);
    queue.put(new Item("river", 1));
    assertThat(pool.applyAsync(QueueIT::oneMore, queue).get(LIMIT)).isEqualTo(new Item("river", 2));
    ClusterQueue<Object> untold = pool.queue("untold");
    assertThatThrownBy(() -> untold.put(new Item("river", 1)))
        .isInstanceOf(NotSendableException.class)
        .hasMessageContaining("untold")
        .hasMessageContaining("Item");
    untold.put(new byte[100_000]);
    assertThat((byte[]) untold.take()).hasSize(100_000);
  }

  static int work(ClusterQueue<Integer> queue) throws InterruptedException {
    int done = 0;
    while (queue.poll(MOMENT.multipliedBy(10)) != null) {
      queue.taskDone();
      done++;
    }
    return done;
  }

  @Test
  void canBeJoinedWhenAllIsDone() throws Exception {
    ClusterQueue<Integer> queue = pool.queue("joinable");
    queue.join();
    queue.putAll(List.of(1, 2, 3, 4, 5));
    assertThat(queue.join(MOMENT)).isFalse();
    TaskHandle<Integer> one = pool.applyAsync(QueueIT::work, queue);
    TaskHandle<Integer> two = pool.applyAsync(QueueIT::work, queue);
    assertThat(queue.join(LIMIT)).isTrue();
    assertThat(one.get(LIMIT) + two.get(LIMIT)).isEqualTo(5);
    assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> queue.taskDone(0)).isInstanceOf(IllegalArgumentException.class);
  }

  static void takeForEver(ClusterQueue<Integer> queue, Path seen) throws Exception {
    Files.writeString(seen, Long.toString(ProcessHandle.current().pid()));
    while (true) {
      Gate.open(seen.resolveSibling("item-" + queue.take()));
    }
  }

  private static List<Integer> missing(Path items) {
    return IntStream.range(0, 200)
        .filter(i -> !Files.exists(items.resolve("item-" + i)))
        .boxed()
        .toList();
  }

  @Test
  void losesNothingOnTheWayToATakerThatIsKilled() throws Exception {
    try (TaskPool other = CLUSTER.pool(2)) {
      ClusterQueue<Integer> queue = other.queue("mortal");
      Path items = Files.createDirectory(temp.resolve("items"));
      Path pid = items.resolve("pid");
      TaskHandle<?> taker = other.applyAsync(QueueIT::takeForEver, queue, pid);
      await().atMost(LIMIT).until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());
      long victim = Long.parseLong(Files.readString(pid));
      for (int i = 0; i < 200; i++) {
        queue.put(i);
        if (i == 100) {
          assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
        }
      }
      // all but the one, at most, that it had in its hands; the task runs again and goes on
      await().atMost(LIMIT).until(() -> missing(items), missing -> missing.size() <= 1);
      assertThat(queue).isEmpty();
      assertThat(taker.cancel(true)).isTrue();
    }
  }

  static void takeThreeAndDoOne(ClusterQueue<Integer> queue, Path done) throws Exception {
    for (int i = 0; i < 3; i++) {
      queue.take();
    }
    queue.taskDone();
    Gate.open(done);
    Gate.await(done.resolveSibling("never"));
  }

  @Test
  void whatAKilledConsumerHadNotDoneGoesToTheNextOne() throws Exception {
    ClusterQueue<Integer> queue = pool.redeliveringQueue("again", 0, Integer.class);
    queue.putAll(List.of(1, 2, 3, 4));
    Path done = temp.resolve("done");
    JvmProcess consumer = JvmProcess.of(QueueIT::takeThreeAndDoOne, queue, done);
    consumer.start();
    Gate.await(done);
    assertThat(queue).as("nobody else gets them while it lives").containsExactly(4);

    consumer.kill();
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      left.add(queue.poll(LIMIT));
      assertThat(queue.join(Duration.ZERO)).isFalse();
      queue.taskDone();
    }
    assertThat(left).containsExactlyInAnyOrder(2, 3, 4);
    assertThat(queue.join(LIMIT)).isTrue();
    consumer.join();
    consumer.close();
  }

  /** Takes some, and then the others when it may. */
  static void takeInTwoParts(ClusterQueue<Integer> queue, Path some, Path go, Path all)
      throws Exception {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      taken.add(queue.take());
    }
    Gate.open(some);
    Gate.await(go);
    for (Integer next = queue.poll(); next != null; next = queue.poll()) {
      taken.add(next);
    }
    Files.writeString(all, taken.toString());
  }

  @Test
  void aSuspendedConsumerHoldsUpNobody() throws Exception {
    ClusterQueue<Integer> queue = pool.queue("suspended");
    queue.putAll(IntStream.range(0, 5_000).boxed().toList());
    Path some = temp.resolve("some");
    Path go = temp.resolve("go");
    Path all = temp.resolve("all");
    JvmProcess process = JvmProcess.of(QueueIT::takeInTwoParts, queue, some, go, all);
    process.start();
    await().atMost(LIMIT).until(() -> Files.exists(some));
    Signals.send("STOP", process.pid());
    List<Integer> taken = new ArrayList<>();
    try {
      assertThat(queue.size()).isPositive();
      for (Integer next = queue.poll(MOMENT); next != null; next = queue.poll(MOMENT)) {
        taken.add(next);
      }
      assertThat(taken).isSorted().isNotEmpty();
      queue.put(5_000);
      assertThat(queue.take()).isEqualTo(5_000);
    } finally {
      Signals.send("CONT", process.pid());
    }
    Gate.open(go);
    assertThat(process.join(LIMIT)).isTrue();
    for (Integer next = queue.poll(); next != null; next = queue.poll()) {
      taken.add(next);
    }
    String theirs = Files.readString(all);
    Arrays.stream(theirs.substring(1, theirs.length() - 1).split(", "))
        .map(Integer::valueOf)
        .forEach(taken::add);
    assertThat(taken)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 5_000).boxed().toList());
  }
}
