package taskpool.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one thread of a process that runs all its actors and reads and writes its sockets, so that a
 * message costs one wake-up from the socket to the actor that it is for. It spins a moment before
 * it sleeps. Nothing that runs here may block. Thread-safe.
 */
final class EventLoop implements Executor {

  /** Is called on the loop's thread when a channel can do what it waits for. */
  interface Handler {
    void ready();
  }

  /** So many are run before the sockets have their turn. */
  private static final int TASKS_PER_TURN = 64;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final BriefSpin spin = new BriefSpin();
  private final Selector selector;
  private final Thread thread;
  private volatile boolean ended;

  private EventLoop(String name) throws IOException {
    this.selector = Selector.open();
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Starts the thread, a daemon. */
  static EventLoop start(String name) {
    try {
      EventLoop loop = new EventLoop(name);
      loop.thread.start();
      return loop;
    } catch (IOException e) {
      throw new UncheckedIOException("no selector can be opened", e);
    }
  }

  /** Runs something soon on the loop's thread, in the order of the calls. */
  @Override
  public void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("the process leaves its pool");
    }
    tasks.add(task);
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /** Calls the handler whenever the channel can do one of these; on the loop's thread only. */
  SelectionKey register(SelectableChannel channel, int operations, Handler handler)
      throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations, handler);
  }

  /** Ends the thread once it has run what was asked for before. */
  void end() {
    ended = true;
    selector.wakeup();
  }

  private void run() {
    try (selector) {
      while (runTasks()) {
        if (tasks.isEmpty()) {
          awaitWork();
        } else {
          selector.selectNow(EventLoop::handle);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the sockets can't be watched any more", e);
    }
  }

  /** False when all is done. */
  private boolean runTasks() {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return !ended;
      }
      run(task);
    }
    return true;
  }

  /** Whatever it throws, the process must not be without this thread. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void awaitWork() throws IOException {
    spin.await(this::hasWork);
    if (tasks.isEmpty()) {
      asleep.set(true);
      if (tasks.isEmpty() && !ended) {
        selector.select(EventLoop::handle);
      }
      asleep.set(false);
    }
    spin.learn();
  }

  private boolean hasWork() {
    try {
      return !tasks.isEmpty() || selector.selectNow(EventLoop::handle) > 0;
    } catch (IOException | ClosedSelectorException e) {
      return true;
    }
  }

  private static void handle(SelectionKey key) {
    if (key.isValid()) {
      ((Handler) key.attachment()).ready();
    }
  }
}
