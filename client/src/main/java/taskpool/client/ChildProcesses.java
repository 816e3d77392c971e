package taskpool.client;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import taskpool.JvmProcess;
import taskpool.process.EndingSignal;
import taskpool.process.ExitCode;
import taskpool.process.MarkedProcess;
import taskpool.process.ProcessExit;
import taskpool.process.ProcessMark;
import taskpool.process.ProcessTree;

/**
 * The processes that this one has started, and what becomes of them at its end. Thread-safe.
 *
 * <p>If it ends by itself, daemons are told to end and the others are waited for, as {@code
 * multiprocessing} does. If a signal ends it, or its parent is dead, all of them are told to end,
 * and killed when they take long; a signal that comes while it waits counts, too. A process that is
 * killed leaves that to its children: their standard input ends.
 *
 * <p>What a child has started is killed with it, when a signal has ended it; one that ends by
 * itself may leave something behind.
 */
public final class ChildProcesses {
  private static final ChildProcesses INSTANCE = new ChildProcesses();

  /** How long one that is told to end may take when a daemon's time is over. */
  private static final Duration DAEMON_LIMIT = Duration.ofSeconds(5);

  /** The same when this process is being ended, which is to be over in two seconds. */
  private static final Duration FORCED_LIMIT = Duration.ofMillis(500);

  /** How long what is to be done at a child's end may take when this process ends. */
  private static final Duration AT_END_LIMIT = Duration.ofSeconds(1);

  private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

  /** How often to look whether a signal has come. */
  private static final long LOOK_MILLIS = 50;

  private final List<Child> children = new ArrayList<>();
  private boolean hooked;
  private boolean ending;
  private volatile boolean withDescendants;
  private volatile Runnable last = () -> {};
  private volatile boolean forced;

  private record Child(JvmProcess view, ChildJvm jvm, boolean daemon) {
    boolean isAlive() {
      return jvm.isAlive();
    }
  }

  /** Starts a process. */
  public interface Launch {
    MarkedProcess start() throws IOException;
  }

  private ChildProcesses() {}

  /** Those of this process. */
  public static ChildProcesses ofThisProcess() {
    return INSTANCE;
  }

  /**
   * Starts one.
   *
   * @param atEnd done when it has ended, and before this process ends by itself
   * @throws IllegalStateException if this process is ending
   */
  public synchronized ChildJvm start(
      JvmProcess view, boolean daemon, Launch launch, Consumer<Process> atEnd) throws IOException {
    if (ending || !hook()) {
      throw new IllegalStateException("this program is ending: it can't start a process any more");
    }
    ChildJvm jvm = new ChildJvm(launch.start());
    Child child = new Child(view, jvm, daemon);
    children.add(child);
    ProcessExit.then(jvm.process(), () -> ended(child, atEnd));
    return jvm;
  }

  private void ended(Child child, Consumer<Process> atEnd) {
    try {
      if (ExitCode.signal(child.jvm().exitCode()).isPresent()) {
        child.jvm().killLeftovers();
      }
      atEnd.accept(child.jvm().process());
    } finally {
      forget(child);
    }
  }

  private synchronized void forget(Child child) {
    children.remove(child);
    notifyAll();
  }

  /** Waits until all that is to be done at the ends of children has been done. */
  private synchronized void awaitForgotten() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(AT_END_LIMIT);
    while (!children.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** Those that live. */
  public synchronized List<JvmProcess> active() {
    return children.stream().filter(Child::isAlive).map(Child::view).toList();
  }

  /**
   * This process is a child itself: when it is ended, so is whatever it has started, by whichever
   * means.
   *
   * @param afterwards done at its end when its children have ended
   */
  public synchronized void endWithDescendants(Runnable afterwards) {
    withDescendants = true;
    last = afterwards;
    hook();
  }

  /** The parent is dead: this process is about to end, and not by itself. */
  public void endByForce() {
    forced = true;
  }

  private boolean hook() {
    if (!hooked) {
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(this::atExit, "child-processes"));
        hooked = true;
      } catch (IllegalStateException exiting) {
        ending = true;
      }
    }
    return hooked;
  }

  private synchronized List<Child> lastChildren() {
    ending = true;
    return children.stream().filter(Child::isAlive).toList();
  }

  private void atExit() {
    List<Child> left = lastChildren();
    try {
      if (!isForced()) {
        end(left.stream().filter(Child::daemon).toList(), DAEMON_LIMIT);
        await(left, FOR_EVER);
      }
      if (!isForced()) {
        awaitForgotten();
      }
      if (isForced()) {
        end(left, FORCED_LIMIT);
      }
    } catch (InterruptedException e) {
      left.forEach(child -> child.jvm().kill());
    }
    if (withDescendants && isForced()) {
      ProcessTree.killDescendants();
      ProcessMark.own().ifPresent(ProcessMark::killAll);
    }
    last.run();
  }

  private boolean isForced() {
    if (!forced && EndingSignal.received()) {
      forced = true;
    }
    return forced;
  }

  private void end(List<Child> some, Duration limit) throws InterruptedException {
    some.forEach(child -> child.jvm().terminate());
    await(some, limit);
    some.forEach(child -> child.jvm().kill());
  }

  /** Returns early when the end becomes a forced one. */
  private void await(List<Child> some, Duration limit) throws InterruptedException {
    boolean wasForced = isForced();
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit);
    for (Child child : some) {
      while (child.isAlive() && System.nanoTime() - deadline < 0 && (wasForced || !isForced())) {
        child.jvm().process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }
}
