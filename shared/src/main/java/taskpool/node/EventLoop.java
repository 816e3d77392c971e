package taskpool.node;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  /** Who is to be told of what a task or a handler throws; else the thread's default. */
  void uncaughtTo(Thread.UncaughtExceptionHandler handler) {
    thread.setUncaughtExceptionHandler(handler);
  }

  /** Whether this is the loop's thread. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Runs something soon on the loop's thread, in the order of the calls. */
  @Override
  public void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("the loop has ended");
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

  /** Ends the thread once it has run what was asked for before, and closes its channels. */
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
          selector.selectNow(this::handle);
        }
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      ended = true;
      throw new InternalError("the sockets can't be watched any more", e);
    }
  }

  /** False when all is done. */
  private boolean runTasks() {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      boolean last = ended;
      Runnable task = tasks.poll();
      if (task == null) {
        return !last;
      }
      guarded(task);
    }
    return true;
  }

  /** Whatever it throws, the process must not be without this thread. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      try {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      } catch (Throwable again) {
        e.addSuppressed(again); // no memory even to say so
      }
    }
  }

  private void awaitWork() throws IOException {
    spin.await(this::hasWork);
    if (tasks.isEmpty()) {
      asleep.set(true);
      if (tasks.isEmpty() && !ended) {
        selector.select(this::handle);
      }
      asleep.set(false);
    }
    spin.learn();
  }

  private boolean hasWork() {
    try {
      return !tasks.isEmpty() || selector.selectNow(this::handle) > 0;
    } catch (IOException e) {
      return true; // it will fail again, where it is dealt with
    }
  }

  private void handle(SelectionKey key) {
    asleep.set(false); // what a handler asks for needs no wake-up
    if (key.isValid()) {
      guarded(((Handler) key.attachment())::ready);
    }
  }
}
