package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import taskpool.JvmProcess;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.NotSendableException;
import taskpool.error.PoolClosedException;
import taskpool.error.StaleTokenException;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedArray;
import taskpool.sync.SharedDict;
import taskpool.sync.SharedList;
import taskpool.sync.SharedValue;

/** Values, arrays, lists and dictionaries between the program, tasks and single processes. */
class SharedDataIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ROUNDS = 100;

  private static TaskPool pool;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(2);
  }

  /** Of the program's own. */
  public record Stock(String what, int left) {
    Stock less() {
      return new Stock(what, left - 1);
    }
  }

  static void count(SharedValue<Integer> counter) throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      int unused = counter.update(value -> value + 1);
    }
  }

  @Test
  void noUpdateOfAValueIsLost() throws Exception {
    SharedValue<Integer> counter = pool.value("counter", 0);
    TaskHandle<?> one = pool.applyAsync(SharedDataIT::count, counter);
    TaskHandle<?> two = pool.applyAsync(SharedDataIT::count, counter);
    JvmProcess process = JvmProcess.of(SharedDataIT::count, counter);
    process.start();
    count(counter);
    one.get(LIMIT);
    two.get(LIMIT);
    assertThat(process.join(LIMIT)).isTrue();
    assertThat(counter.get()).isEqualTo(4 * ROUNDS);
    assertThat(counter.lock().isLocked()).isFalse();
  }

  @Test
  void aValueIsChangedInOneStep() throws Exception {
    SharedValue<Stock> stock = pool.value("stock", new Stock("apples", 3));
    assertThat(pool.value("stock", new Stock("pears", 9)).get().what()).isEqualTo("apples");
    assertThat(stock.compareAndSet(new Stock("apples", 2), new Stock("pears", 1))).isFalse();
    assertThat(stock.compareAndSet(new Stock("apples", 3), new Stock("pears", 1))).isTrue();
    assertThat(stock.getAndSet(new Stock("plums", 5))).isEqualTo(new Stock("pears", 1));
    assertThat(stock.update(Stock::less)).isEqualTo(new Stock("plums", 4));
    assertThat(pool.apply(SharedDataIT::take, stock)).isEqualTo(new Stock("plums", 3));
    assertThatThrownBy(() -> stock.set(null)).isInstanceOf(NullPointerException.class);
  }

  static Stock take(SharedValue<Stock> stock) throws InterruptedException {
    return stock.update(Stock::less);
  }

  @Test
  void aValueRefusesWhoHasLostTheLock() throws Exception {
    SharedValue<String> value = pool.value("guarded", "first");
    ClusterLock lock = pool.lock("guard");
    long lost;
    try (ClusterLock.Hold hold = lock.acquire()) {
      lost = hold.token();
    }
    try (ClusterLock.Hold hold = lock.acquire()) {
      value.set("second", hold.token());
    }
    assertThatThrownBy(() -> value.set("late", lost))
        .isInstanceOf(StaleTokenException.class)
        .hasMessageContaining("value \"guarded\"")
        .hasMessageContaining(Long.toString(lost));
    assertThat(value.get()).isEqualTo("second");
  }

  @Test
  void anArrayHasElementsInAFixedNumber() throws Exception {
    SharedArray<Double> numbers = pool.array("numbers", 4, 1.5);
    pool.apply(SharedDataIT::addIndex, numbers);
    numbers.set(0, 9.0);
    assertThat(numbers.toList()).containsExactly(9.0, 2.5, 3.5, 4.5);
    assertThat(numbers).containsExactly(9.0, 2.5, 3.5, 4.5);
    assertThat(numbers.compareAndSet(0, 9.0, 8.0)).isTrue();
    assertThat(numbers.compareAndSet(0, 9.0, 7.0)).isFalse();
    assertThatThrownBy(() -> numbers.get(4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("index 4 of array \"numbers\", which has 4 elements");
    assertThatThrownBy(() -> numbers.set(-1, 0.0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> pool.array("negative", -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static void addIndex(SharedArray<Double> numbers) {
    for (int i = 0; i < numbers.length(); i++) {
      double index = i;
      double unused = numbers.update(i, x -> x + index);
    }
  }

  static int append(SharedList<String> names, List<String> more) {
    names.addAll(more);
    return names.size();
  }

  @Test
  void aListIsAsTheJdksListsAre() throws Exception {
    SharedList<String> names = pool.list("names", String.class);
    assertThat(pool.apply(SharedDataIT::append, names, List.of("a", "b", "c"))).isEqualTo(3);
    assertThat(names).containsExactly("a", "b", "c").isEqualTo(List.of("a", "b", "c"));
    names.add(1, "x");
    assertThat(names.set(0, "A")).isEqualTo("a");
    assertThat(names.remove(2)).isEqualTo("b");
    assertThat(names.remove("c")).isTrue();
    assertThat(names.remove("c")).isFalse();
    assertThat(names.contains("x")).isTrue();
    assertThat(names.indexOf("x")).isEqualTo(1);
    assertThat(names.update(1, name -> name + "y")).isEqualTo("xy");
    assertThat(names.removeIf(name -> name.equals("xy"))).isTrue();
    assertThat(new ArrayList<>(names)).containsExactly("A");
    assertThatThrownBy(() -> names.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> names.add(5, "z")).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> names.add(null)).isInstanceOf(NullPointerException.class);
    names.clear();
    assertThat(names).isEmpty();
  }

  static void countWords(SharedDict<String, Integer> counts, List<String> words) {
    words.forEach(word -> counts.merge(word, 1, Integer::sum));
  }

  @Test
  void aDictIsAConcurrentMap() throws Exception {
    SharedDict<String, Integer> counts = pool.dict("counts", String.class, Integer.class);
    TaskHandle<?> one = pool.applyAsync(SharedDataIT::countWords, counts, List.of("a", "b", "a"));
    TaskHandle<?> two = pool.applyAsync(SharedDataIT::countWords, counts, List.of("b", "a"));
    one.get(LIMIT);
    two.get(LIMIT);
    assertThat(counts.toMap()).isEqualTo(Map.of("a", 3, "b", 2));
    assertThat(counts).containsEntry("a", 3).hasSize(2).isEqualTo(Map.of("a", 3, "b", 2));
    assertThat(counts.putIfAbsent("a", 9)).isEqualTo(3);
    assertThat(counts.putIfAbsent("c", 9)).isNull();
    assertThat(counts.replace("c", 8, 7)).isFalse();
    assertThat(counts.replace("c", 9, 7)).isTrue();
    assertThat(counts.remove("c", 9)).isFalse();
    assertThat(counts.remove("c")).isEqualTo(7);
    assertThat(counts.get("c")).isNull();
    assertThat(counts.computeIfAbsent("d", key -> 4)).isEqualTo(4);
    assertThat(counts.keySet().removeIf(key -> key.equals("d"))).isTrue();
    counts.entrySet().forEach(entry -> entry.setValue(0));
    assertThat(counts.values()).containsOnly(0);
    assertThatThrownBy(() -> counts.put(null, 1)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> counts.put("x", null)).isInstanceOf(NullPointerException.class);
    counts.clear();
    assertThat(counts).isEmpty();
  }

  @Test
  void standardTypesNeedNoDeclaration() {
    SharedDict<Object, Object> mixed = pool.dict("mixed");
    mixed.put(1, List.of("a", 2));
    mixed.put("two", Map.of("x", 1.5));
    assertThat(mixed.get(1)).isEqualTo(List.of("a", 2));
    assertThat(mixed.get("two")).isEqualTo(Map.of("x", 1.5));
    assertThatThrownBy(() -> mixed.put("thread", Thread.currentThread()))
        .isInstanceOf(NotSendableException.class);
  }

  @Test
  void whatIsTooLargeIsRefusedAndHarmsNothing() throws Exception {
    assertThatThrownBy(() -> pool.array("huge", Integer.MAX_VALUE, 0).length())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("array \"huge\"")
        .hasMessageContaining("memory");
    assertThat(pool.array("small", 3, 0).length()).isEqualTo(3);
  }

  @Test
  void whoComesAfterTheCloseIsToldSo() throws Exception {
    TaskPool closed = CLUSTER.pool(1);
    ClusterLock lock = closed.lock("lock");
    lock.lock();
    closed.close();
    assertThatThrownBy(lock::unlock)
        .isInstanceOf(PoolClosedException.class)
        .hasMessage("the pool is closed");
  }
}
