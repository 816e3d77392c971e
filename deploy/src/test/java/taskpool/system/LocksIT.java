package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.JvmProcess;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.error.DeadlockException;
import taskpool.sync.ClusterCondition;
import taskpool.sync.ClusterEvent;
import taskpool.sync.ClusterLatch;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterSemaphore;

/**
 * Locks and their like between the program, tasks and single processes, and when one of them dies.
 */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // they are what is tested
class LocksIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final int ROUNDS = 200;

  private static TaskPool pool;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    pool = CLUSTER.pool(3);
  }

  /** Without the lock some of these would be lost. */
  static long count(ClusterLock lock, Path file) throws IOException, InterruptedException {
    long lastToken = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try (ClusterLock.Hold hold = lock.acquire()) {
        int before = Integer.parseInt(Files.readString(file));
        Files.writeString(file, Integer.toString(before + 1));
        if (hold.token() <= lastToken) {
          throw new IllegalStateException(hold.token() + " after " + lastToken);
        }
        lastToken = hold.token();
      }
    }
    return lastToken;
  }

  @Test
  void aLockKeepsProgramTasksAndProcessesApart() throws Exception {
    Path file = Files.writeString(temp.resolve("count"), "0");
    ClusterLock lock = pool.lock("count");
    TaskHandle<Long> one = pool.applyAsync(LocksIT::count, lock, file);
    TaskHandle<Long> two = pool.applyAsync(LocksIT::count, lock, file);
    JvmProcess process = JvmProcess.of(LocksIT::count, lock, file);
    process.start();
    count(lock, file);
    one.get(LIMIT);
    two.get(LIMIT);
    assertThat(process.join(LIMIT)).isTrue();
    assertThat(process.exitCode()).hasValue(0);
    assertThat(file).hasContent(Integer.toString(4 * ROUNDS));
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void aLockIsAsTheJdksLocksAre() throws Exception {
    ClusterLock lock = pool.reentrantLock("jdk");
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    assertThatThrownBy(lock::token).isInstanceOf(IllegalMonitorStateException.class);
    lock.lock();
    lock.lock();
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    assertThat(isFreeForATask(lock)).isFalse();
    lock.unlock();
    assertThat(isFreeForATask(lock)).isFalse();
    lock.unlock();
    assertThat(isFreeForATask(lock)).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(lock::lockInterruptibly).isInstanceOf(InterruptedException.class);
    assertThat(lock.isLocked()).isFalse();
    ClusterLock simple = pool.lock("simple");
    simple.lock();
    assertThat(simple.tryLock(MOMENT)).isFalse();
    simple.unlock();
  }

  private static boolean isFreeForATask(ClusterLock lock) throws Exception {
    boolean free = pool.apply(LocksIT::takeAndGive, lock);
    return free;
  }

  static boolean takeAndGive(ClusterLock lock) throws InterruptedException {
    boolean taken = lock.tryLock() || lock.tryLock(20, TimeUnit.MILLISECONDS);
    if (taken) {
      lock.unlock();
    }
    return taken;
  }

  static void holdForEver(ClusterLock lock, Path mark) throws Exception {
    lock.lock();
    hold(mark);
  }

  private static void hold(Path mark) throws Exception {
    Files.writeString(mark, Long.toString(ProcessHandle.current().pid()));
    Gate.await(mark.resolveSibling("never"));
  }

  private static long awaitPid(Path mark) throws IOException {
    await().atMost(LIMIT).until(() -> Files.exists(mark) && !Files.readString(mark).isEmpty());
    return Long.parseLong(Files.readString(mark));
  }

  @Test
  void aLockWhoseOwnerIsKilledIsFreeAndSaysSo() throws Exception {
    ClusterLock lock = pool.lock("mortal");
    Path mark = temp.resolve("mark");
    try (TaskPool other = CLUSTER.pool(1)) {
      ClusterLock theirs = other.lock("mortal");
      TaskHandle<?> owner = other.applyAsync(LocksIT::holdForEver, theirs, mark);
      long pid = awaitPid(mark);
      lock.lock(); // another pool's lock is another lock
      lock.unlock();
      assertThat(theirs.tryLock(MOMENT)).isFalse();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      assertThat(theirs.tryLock(LIMIT)).isTrue();
      assertThat(theirs.wasAbandoned()).isTrue();
      assertThat(owner.cancel(true)).isTrue();
      theirs.unlock();
      assertThat(theirs.tryLock()).isTrue();
      assertThat(theirs.wasAbandoned()).isFalse();
    }
  }

  static void holdWhileOthersWait(ClusterLock lock, ClusterCondition changed, Path mark)
      throws Exception {
    if (TaskContext.current().attempt() == 1) {
      lock.lock();
      changed.signal();
      hold(mark);
    }
  }

  @Test
  void whoHasWaitedForAConditionIsToldToo() throws Exception {
    try (TaskPool other = CLUSTER.pool(1)) {
      ClusterLock lock = other.lock("mortal");
      ClusterCondition changed = lock.condition("changed");
      lock.lock();
      assertThat(lock.wasAbandoned()).isFalse();
      Path mark = temp.resolve("mark");
      TaskHandle<?> owner = other.applyAsync(LocksIT::holdWhileOthersWait, lock, changed, mark);
      Thread killer =
          new Thread(
              () -> {
                try {
                  ProcessHandle.of(awaitPid(mark)).orElseThrow().destroyForcibly();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      killer.start();
      assertThat(changed.await(LIMIT)).isTrue();
      assertThat(lock.wasAbandoned()).isTrue();
      Object unused = owner.get(LIMIT);
      assertThat(changed.await(MOMENT)).isFalse();
      assertThat(lock.wasAbandoned()).isFalse();
      killer.join();
    }
  }

  static int takeTurns(ClusterLock lock, ClusterCondition changed, Path file, int mine)
      throws Exception {
    int turns = 0;
    lock.lock();
    try {
      while (turns < 20) {
        changed.awaitUntil(() -> read(file) % 2 == mine);
        Files.writeString(file, Integer.toString(read(file) + 1));
        turns++;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    return turns;
  }

  private static int read(Path file) {
    try {
      return Integer.parseInt(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aConditionLetsTwoTakeTurns() throws Exception {
    Path file = Files.writeString(temp.resolve("turn"), "0");
    ClusterLock lock = pool.lock("turns");
    ClusterCondition changed = lock.newCondition();
    TaskHandle<Integer> even = pool.applyAsync(LocksIT::takeTurns, lock, changed, file, 0);
    TaskHandle<Integer> odd = pool.applyAsync(LocksIT::takeTurns, lock, changed, file, 1);
    assertThat(even.get(LIMIT)).isEqualTo(20);
    assertThat(odd.get(LIMIT)).isEqualTo(20);
    assertThat(file).hasContent("40");
    assertThatThrownBy(changed::await).isInstanceOf(IllegalMonitorStateException.class);
    assertThatThrownBy(changed::signal).isInstanceOf(IllegalMonitorStateException.class);
    lock.lock();
    assertThat(changed.await(MOMENT)).isFalse();
    assertThat(changed.awaitNanos(1000)).isNotPositive();
    assertThat(changed.awaitUntil(() -> false, MOMENT)).isFalse();
    lock.unlock();
  }

  @Test
  void anInterruptEndsAConditionsWaitWithTheLockInHand() throws Exception {
    ClusterLock lock = pool.lock("interrupted");
    ClusterCondition never = lock.newCondition();
    lock.lock();
    Thread.currentThread().interrupt();
    assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    lock.unlock();
  }

  static int atMostTwo(ClusterSemaphore permits, Path directory) throws Exception {
    int most = 0;
    Path mine = directory.resolve(Long.toString(ProcessHandle.current().pid()));
    for (int i = 0; i < 50; i++) {
      permits.acquire();
      Gate.open(mine);
      most = Math.max(most, Gate.list(directory).size());
      Files.delete(mine);
      permits.release();
    }
    return most;
  }

  @Test
  void aSemaphoreLetsSoManyIn() throws Exception {
    Path directory = Files.createDirectory(temp.resolve("inside"));
    ClusterSemaphore permits = pool.boundedSemaphore("two", 2);
    List<TaskHandle<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tasks.add(pool.applyAsync(LocksIT::atMostTwo, permits, directory));
    }
    for (TaskHandle<Integer> task : tasks) {
      assertThat(task.get(LIMIT)).isBetween(1, 2);
    }
    assertThat(permits.availablePermits()).isEqualTo(2);
    assertThatThrownBy(permits::release).isInstanceOf(IllegalStateException.class);
    permits.acquire(2);
    assertThat(permits.tryAcquire()).isFalse();
    assertThat(permits.tryAcquire(MOMENT)).isFalse();
    permits.release(2);
    assertThatThrownBy(() -> permits.acquire(0)).isInstanceOf(IllegalArgumentException.class);
    ClusterSemaphore free = pool.semaphore("free", 0);
    free.release();
    assertThat(free.tryAcquire()).isTrue();
  }

  static boolean awaitEvent(ClusterEvent event, ClusterLatch here) throws InterruptedException {
    here.countDown();
    return event.await(LIMIT);
  }

  @Test
  void anEventAndALatch() throws Exception {
    ClusterEvent go = pool.event("go");
    ClusterLatch here = pool.latch("here", 2);
    assertThat(go.isSet()).isFalse();
    assertThat(go.await(MOMENT)).isFalse();
    TaskHandle<Boolean> one = pool.applyAsync(LocksIT::awaitEvent, go, here);
    assertThat(here.await(MOMENT)).isFalse();
    TaskHandle<Boolean> two = pool.applyAsync(LocksIT::awaitEvent, go, here);
    here.await();
    assertThat(here.getCount()).isZero();
    assertThat(one.isDone()).isFalse();
    go.set();
    assertThat(one.get(LIMIT)).isTrue();
    assertThat(two.get(LIMIT)).isTrue();
    assertThat(go.isSet()).isTrue();
    go.clear();
    assertThat(go.isSet()).isFalse();
  }

  /** A primitive may be anywhere in what is sent. */
  record Kit(ClusterLock lock, List<ClusterEvent> events) {}

  static Kit use(Kit kit) {
    kit.events().forEach(ClusterEvent::set);
    if (kit.lock().tryLock()) {
      throw new IllegalStateException("two own the lock");
    }
    return kit;
  }

  static long takeBoth(ClusterLock first, ClusterLock second, ClusterLatch both) throws Exception {
    try (ClusterLock.Hold outer = first.acquire()) {
      both.countDown();
      both.await();
      try (ClusterLock.Hold inner = second.acquire()) {
        return inner.token() + outer.token();
      }
    }
  }

  @Test
  void aDeadlockIsFoundAndBroken() throws Exception {
    ClusterLock left = pool.lock("left");
    ClusterLock right = pool.lock("right");
    ClusterLatch both = pool.latch("both", 2);
    TaskHandle<?> one = pool.applyAsync(LocksIT::takeBoth, left, right, both);
    TaskHandle<?> two = pool.applyAsync(LocksIT::takeBoth, right, left, both);
    List<Throwable> failures = new ArrayList<>();
    for (TaskHandle<?> handle : List.of(one, two)) {
      try {
        handle.get(LIMIT);
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      }
    }
    assertThat(failures).as("one gives way, the other goes on").hasSize(1);
    assertThat(failures.get(0))
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("task " + one.id())
        .hasMessageContaining("task " + two.id())
        .hasMessageContaining("worker-")
        .hasMessageContaining("waits for lock \"left\"")
        .hasMessageContaining("waits for lock \"right\"");
  }

  @Test
  void aDeadlockIsOnlyReportedIfAskedFor() throws Exception {
    TaskPool reporting = CLUSTER.start(builder -> builder.workers(2).reportDeadlocks());
    ClusterLock left = reporting.lock("left");
    ClusterLock right = reporting.lock("right");
    ClusterLatch both = reporting.latch("both", 2);
    TaskHandle<Long> one = reporting.applyAsync(LocksIT::takeBoth, left, right, both);
    TaskHandle<Long> two = reporting.applyAsync(LocksIT::takeBoth, right, left, both);
    both.await();
    assertThat(one.await(Duration.ofSeconds(2))).isFalse();
    assertThat(two.ready()).isFalse();
    assertThat(one.cancel(true)).isTrue();
    assertThat(two.get(LIMIT)).isPositive();
  }

  @Test
  void aLockThatIsNotReentrantDeadlocksWithItself() throws Exception {
    ClusterLock lock = pool.lock("self");
    lock.lock();
    assertThatThrownBy(lock::lock)
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("waits for lock \"self\", which thread");
    assertThat(lock.tryLock(Duration.ofMillis(1_200))).as("that wait ends by itself").isFalse();
    lock.unlock();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void theyTravelWithinOtherValuesAndBack() throws Exception {
    ClusterLock lock = pool.lock("kit");
    ClusterEvent event = pool.event("kit");
    lock.lock();
    Kit back = pool.apply(LocksIT::use, new Kit(lock, List.of(event)));
    assertThat(event.isSet()).isTrue();
    assertThat(back.lock().isHeldByCurrentThread()).isTrue();
    lock.unlock();
  }

  @Test
  void whoWaitsWhenThePoolEndsGetsToKnow() throws Exception {
    TaskPool brief = CLUSTER.pool(1);
    ClusterEvent never = brief.event("never");
    List<Throwable> errors = new ArrayList<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                never.await();
              } catch (Throwable e) {
                errors.add(e);
              }
            });
    waiting.start();
    brief.apply(() -> 1);
    brief.terminate();
    waiting.join(LIMIT.toMillis());
    assertThat(waiting.isAlive()).isFalse();
    assertThat(errors).singleElement().isInstanceOf(taskpool.error.PoolClosedException.class);
  }
}
