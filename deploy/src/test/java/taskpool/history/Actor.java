package taskpool.history;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import taskpool.TaskPool;
import taskpool.sync.ClusterLock;
import taskpool.sync.ClusterQueue;
import taskpool.sync.ClusterSemaphore;
import taskpool.sync.SharedObjects;
import taskpool.sync.SharedValue;

/** Asks random things of a lock, a semaphore, a queue and a value for a while, and records them. */
public final class Actor {
  /** How many permits the semaphore has. */
  public static final int PERMITS = 3;

  /** What the value is at first. */
  public static final String FIRST = "0";

  private static final int CAPACITY = 8;
  private static final int VALUES = 5;
  private static final int LONGEST_WAIT_MILLIS = 300;
  private static final int LONG_HOLD_MILLIS = 60;

  /** What actors of a round share. */
  private record Objects(
      ClusterLock lock,
      ClusterSemaphore semaphore,
      ClusterQueue<String> queue,
      SharedValue<String> value) {

    static Objects of(SharedObjects pool, String round) {
      return new Objects(
          pool.lock("lock " + round),
          pool.boundedSemaphore("semaphore " + round, PERMITS),
          pool.queue("queue " + round, CAPACITY),
          pool.value("value " + round, FIRST));
    }
  }

  private final Objects objects;
  private final Recorder recorder;
  private final String name;
  private final Random random = new Random();
  private long lastItem;
  private String lastSeen = FIRST;

  private Actor(Objects objects, Recorder recorder, String name) {
    this.objects = objects;
    this.recorder = recorder;
    this.name = name;
  }

  /** A task, or a part of the program: acts for so long; how much it has done. */
  public static long act(Path folder, TaskPool pool, String round, long millis) throws Exception {
    Objects objects = Objects.of(pool, round);
    String name = "%d/%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long done = 0;
    try (Recorder recorder = new Recorder(folder, name)) {
      Actor actor = new Actor(objects, recorder, name);
      while (System.nanoTime() - end < 0) {
        actor.next();
        done++;
      }
    }
    return done;
  }

  /** Takes what is left in the queue, until there has been none for so long. */
  public static void drain(Path folder, TaskPool pool, String round, Duration patience)
      throws Exception {
    Objects objects = Objects.of(pool, round);
    String name = "%d/last".formatted(ProcessHandle.current().pid());
    try (Recorder recorder = new Recorder(folder, name)) {
      Actor actor = new Actor(objects, recorder, name);
      while (!actor.take(patience).equals(LockModel.FAILED)) {
        actor.lastItem++;
      }
    }
  }

  private void next() throws Exception {
    switch (random.nextInt(10)) {
      case 0, 1 -> holdLock();
      case 2, 3 -> holdPermits(1 + random.nextInt(PERMITS));
      case 4, 5 -> put(anyWait());
      case 6, 7 -> take(anyWait());
      default -> change();
    }
    if (random.nextBoolean()) {
      pause(3);
    }
  }

  private Duration anyWait() {
    return Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(LONGEST_WAIT_MILLIS));
  }

  private void pause(int mostMillis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(mostMillis));
  }

  private void holdLock() throws Exception {
    Duration wait = anyWait();
    String token =
        recorder.record(
            "lock",
            "acquire",
            "",
            () ->
                objects.lock.tryLock(wait)
                    ? Long.toString(objects.lock.token())
                    : LockModel.FAILED);
    if (!token.equals(LockModel.FAILED)) {
      pause(random.nextInt(4) == 0 ? LONG_HOLD_MILLIS : 4); // that deaths find it held
      String unused =
          recorder.record(
              "lock",
              "release",
              "",
              () -> {
                objects.lock.unlock();
                return "ok";
              });
    }
  }

  private void holdPermits(int count) throws Exception {
    Duration wait = anyWait();
    String all = Integer.toString(count);
    String got =
        recorder.record(
            "semaphore",
            "acquire",
            all,
            () -> objects.semaphore.tryAcquire(count, wait) ? "yes" : LockModel.FAILED);
    if (!got.equals(LockModel.FAILED)) {
      pause(4);
      String unused =
          recorder.record(
              "semaphore",
              "release",
              all,
              () -> {
                objects.semaphore.release(count);
                return "ok";
              });
    }
  }

  private void put(Duration wait) throws Exception {
    String item = name + ":" + ++lastItem;
    String unused =
        recorder.record(
            "queue", "put", item, () -> objects.queue.offer(item, wait) ? "ok" : LockModel.FAILED);
  }

  private String take(Duration wait) throws Exception {
    return recorder.record(
        "queue",
        "take",
        "",
        () -> {
          String item = objects.queue.poll(wait);
          return item == null ? LockModel.FAILED : item;
        });
  }

  private void change() throws Exception {
    String next = Integer.toString(random.nextInt(VALUES));
    switch (random.nextInt(3)) {
      case 0 -> lastSeen = recorder.record("value", "get", "", objects.value::get);
      case 1 ->
          lastSeen =
              recorder.record("value", "getAndSet", next, () -> objects.value.getAndSet(next));
      default -> {
        String expected = lastSeen;
        String unused =
            recorder.record(
                "value",
                "compareAndSet",
                expected + " " + next,
                () -> Boolean.toString(objects.value.compareAndSet(expected, next)));
      }
    }
  }
}
