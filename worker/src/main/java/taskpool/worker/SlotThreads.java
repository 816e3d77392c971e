package taskpool.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import taskpool.node.BriefSpin;
import taskpool.protocol.Outcome;

/**
 * The threads that run user code, one per slot, and the queue they share. A task that waits for
 * something of the pool's lends its slot: another thread takes its place until it comes back, which
 * is as soon as a slot is free and before any task that has not begun. Thread-safe.
 */
final class SlotThreads implements Slots {

  /** Runs assignments on the calling thread; never throws. */
  interface Runner {
    /** Runs all calls of a task. */
    Outcome run(Assignment assignment, RunningTask task);

    /** Is told that an outcome will not be reported. */
    void discard(Outcome outcome);

    /** Whether this process may run another task after the last one. */
    boolean mayGoOn();
  }

  /** Is told how assignments fare, on the slot's thread. */
  interface Reporter {
    /** One whose time is limited has started. */
    void started(long lease, long startNanos);

    void finished(Outcome outcome, long runNanos);

    /** So many more slots are lent, or fewer if it is negative. */
    void lent(int more);

    /** The process runs no other task; it is to be replaced. */
    void wornOut();
  }

  /** The exit code when a slot can't even report its task's failure, for want of memory. */
  private static final int SLOT_DIED = 5;

  /** Each has a thread that waits. */
  private static final int MAX_LENT = 1_000;

  private final int count;
  private final Runner runner;
  private final Reporter reporter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final ArrayDeque<Assignment> queue = new ArrayDeque<>();

  /** Changed with the lock held, read without it to see whether taking the lock is worth while. */
  private volatile int queued;

  private final Map<Long, RunningTask> running = new HashMap<>();
  private final Condition slotFree = lock.newCondition();
  private boolean wornOut;

  /** Threads that live, and those of them that wait for an assignment. */
  private int threads;

  private int idle;

  /** Tasks that run and have not lent their slot; never more than there are slots. */
  private int busy;

  /** Tasks that have lent their slot, and those of them that want it back. */
  private int lent;

  private int returning;
  private int lastThread;

  private SlotThreads(int count, Runner runner, Reporter reporter) {
    this.count = count;
    this.runner = runner;
    this.reporter = reporter;
  }

  /**
   * Starts the threads.
   *
   * @param first runs on the first thread before anything else; no other thread starts before, and
   *     what it sets is what tasks find
   */
  static SlotThreads start(int count, Runner runner, Reporter reporter, Runnable first)
      throws InterruptedException {
    SlotThreads slots = new SlotThreads(count, runner, reporter);
    CountDownLatch initialized = new CountDownLatch(1);
    CountDownLatch ready = new CountDownLatch(count);
    slots.thread(
        () -> {
          first.run();
          initialized.countDown();
          slots.work(ready);
        });
    initialized.await();
    for (int i = 2; i <= count; i++) {
      slots.thread(() -> slots.work(ready));
    }
    ready.await();
    return slots;
  }

  private void thread(Runnable work) {
    int number;
    lock.lock();
    try {
      threads++;
      number = ++lastThread;
    } finally {
      lock.unlock();
    }
    Thread thread = new Thread(work, "slot-" + number);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((slot, error) -> Runtime.getRuntime().halt(SLOT_DIED));
    thread.start();
  }

  private void work(CountDownLatch ready) {
    Surroundings surroundings = Surroundings.now();
    ready.countDown();
    BriefSpin spin = new BriefSpin();
    while (true) {
      RunningTask task = new RunningTask(this);
      Assignment assignment = take(task, spin);
      if (assignment == null) {
        return;
      }
      long startNanos = System.nanoTime();
      if (assignment.terms() != null && assignment.terms().hasLimit()) {
        reporter.started(assignment.id(), startNanos);
      }
      Outcome outcome = runner.run(assignment, task);
      long runNanos = System.nanoTime() - startNanos;
      if (end(assignment.id(), task)) {
        runner.discard(outcome);
        outcome = Outcome.cancelled(assignment.id(), true);
      }
      surroundings.restore();
      report(outcome, runNanos);
    }
  }

  private void report(Outcome outcome, long runNanos) {
    if (runner.mayGoOn()) {
      reporter.finished(outcome, runNanos);
    } else {
      wearOut();
      reporter.finished(outcome, runNanos);
      reporter.wornOut();
    }
  }

  /** From now on no thread takes an assignment. */
  private void wearOut() {
    lock.lock();
    try {
      wornOut = true;
    } finally {
      lock.unlock();
    }
  }

  /** The next assignment; null if this thread is one too many. */
  private @Nullable Assignment take(RunningTask task, BriefSpin spin) {
    boolean waits = queued == 0;
    if (waits) {
      spin.await(() -> queued > 0);
    }
    lock.lock();
    try {
      while (!mayTake()) {
        if (threads > count + lent) {
          threads--;
          return null;
        }
        idle++;
        notEmpty.awaitUninterruptibly();
        idle--;
      }
      if (waits) {
        spin.learn();
      }
      Thread.interrupted(); // if it has been, then by what an earlier task left running
      Assignment assignment = queue.remove();
      queued = queue.size();
      busy++;
      running.put(assignment.id(), task);
      return assignment;
    } finally {
      lock.unlock();
    }
  }

  private boolean mayTake() {
    return !queue.isEmpty() && !wornOut && busy < count && returning == 0;
  }

  /** From now on the lease can't be interrupted any more; true if it has been. */
  private boolean end(long lease, RunningTask task) {
    lock.lock();
    try {
      running.remove(lease);
      busy--;
      slotIsFree();
    } finally {
      lock.unlock();
    }
    return task.end();
  }

  private void slotIsFree() {
    if (returning > 0) {
      slotFree.signal();
    } else if (lent > 0) {
      notEmpty.signal(); // else it is this thread that goes on
    }
  }

  /** The calling thread's task lends its slot; false if so many have that it must keep it. */
  boolean lend() {
    boolean alone;
    lock.lock();
    try {
      if (lent == MAX_LENT) {
        return false;
      }
      busy--;
      lent++;
      alone = idle == 0 && threads < count + lent;
      slotIsFree();
    } finally {
      lock.unlock();
    }
    if (alone) {
      thread(() -> work(new CountDownLatch(1)));
    }
    reporter.lent(1);
    return true;
  }

  /** The calling thread's task wants a slot again; waits for one, however it is interrupted. */
  void takeBack() {
    reporter.lent(-1);
    lock.lock();
    try {
      returning++;
      while (busy >= count) {
        slotFree.awaitUninterruptibly();
      }
      returning--;
      busy++;
      lent--;
      // tasks that ended or came meanwhile have woken threads in vain; one may be too many now
      notEmpty.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void enqueue(Assignment assignment) {
    boolean alone;
    lock.lock();
    try {
      queue.add(assignment);
      queued = queue.size();
      notEmpty.signal();
      // whoever lent its slot had no need of a thread if one was idle, which may be busy now
      alone = idle < queue.size() && threads < count + lent;
    } finally {
      lock.unlock();
    }
    if (alone) {
      thread(() -> work(new CountDownLatch(1)));
    }
  }

  @Override
  public boolean withdraw(long lease) {
    lock.lock();
    try {
      boolean removed = queue.removeIf(assignment -> assignment.id() == lease);
      queued = queue.size();
      return removed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Long> withdrawAll() {
    lock.lock();
    try {
      List<Long> leases = new ArrayList<>(queue.size());
      queue.forEach(assignment -> leases.add(assignment.id()));
      queue.clear();
      queued = 0;
      return leases;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean interrupt(long lease) {
    RunningTask task = find(lease);
    return task != null && task.cancel();
  }

  @Override
  public void expire(long lease) {
    RunningTask task = find(lease);
    if (task != null) {
      task.expire();
    }
  }

  private @Nullable RunningTask find(long lease) {
    lock.lock();
    try {
      return running.get(lease);
    } finally {
      lock.unlock();
    }
  }
}
