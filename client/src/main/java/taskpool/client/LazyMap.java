package taskpool.client;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import taskpool.Call;
import taskpool.ResultIterator;
import taskpool.codec.Closure;
import taskpool.codec.Failure;
import taskpool.protocol.Terms;
import taskpool.spi.CurrentTask;

/** The results of {@code imap}: a {@link Feed} reads ahead, this takes what it brought. */
final class LazyMap<R extends @Nullable Object> implements ResultIterator<R> {
  private static final Cleaner CLEANER = Cleaner.create();

  /** What the feed brings: a task, or the end. */
  private sealed interface Arrival {}

  private record Submitted(PendingTask task) implements Arrival {}

  /** The end of the input, with the error that it threw. */
  private record End(@Nullable Throwable error) implements Arrival {}

  private final Feed feed;
  private final Cleaner.Cleanable cleanable;
  private Iterator<@Nullable Object> ready = Collections.emptyIterator();
  private @Nullable PendingTask current;
  private @Nullable Throwable failure;
  private boolean finished;

  private LazyMap(Feed feed) {
    this.feed = feed;
    this.cleanable = CLEANER.register(this, feed::stop);
  }

  static <R extends @Nullable Object> ResultIterator<R> start(
      SessionPool pool,
      Call<?> function,
      Iterable<? extends @Nullable Object> items,
      int chunkSize,
      boolean ordered) {
    Feed feed = new Feed(pool, function, items.iterator(), chunkSize, ordered);
    Thread reader = new Thread(feed::run, pool.name() + "-imap");
    reader.setDaemon(true);
    reader.start();
    return new LazyMap<>(feed);
  }

  @Override
  public boolean hasNext() {
    boolean unused = awaitNext(Long.MAX_VALUE);
    return ready.hasNext() || failure != null;
  }

  @Override
  public R next(Duration timeout) throws TimeoutException {
    if (!awaitNext(TimeUnit.NANOSECONDS.convert(timeout))) {
      throw new TimeoutException("no next result within " + timeout);
    }
    return next();
  }

  /** Waits until there is a result, an error or the end; false if the time is over before. */
  private boolean awaitNext(long timeoutNanos) {
    long start = System.nanoTime();
    while (!ready.hasNext() && failure == null && !finished) {
      if (!takeNextTask(timeoutNanos - (System.nanoTime() - start))) {
        return false;
      }
    }
    return true;
  }

  private boolean takeNextTask(long timeoutNanos) {
    try {
      Arrival arrival = feed.take(timeoutNanos);
      if (arrival instanceof Submitted submitted) {
        current = submitted.task();
        ready = current.results().iterator();
      } else if (arrival instanceof End end) {
        finished = true;
        failure = end.error();
      }
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      failure = e.getCause();
    } catch (CancellationException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the next result");
    }
    return true;
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the codec reads what the function's declared result type says
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!ready.hasNext()) {
      Throwable error = failure;
      failure = null;
      throw new CompletionException(error);
    }
    Object result = ready.next();
    if (result instanceof Failure failed && current != null) {
      throw new CompletionException(current.throwable(failed));
    }
    return (R) result;
  }

  @Override
  public void close() {
    finished = true;
    ready = Collections.emptyIterator();
    failure = null;
    cleanable.clean();
  }

  /** Reads the input on a thread of its own and submits it, only as far ahead as there is room. */
  private static final class Feed {
    /** Results that wait to be taken may fill about this much, whatever their number. */
    private static final long MAX_AHEAD_BYTES = 16 * 1024 * 1024;

    private static final int MAX_AHEAD_TASKS = 4096;
    private static final int AHEAD_PER_SLOT = 8;

    private final SessionPool pool;
    private final Closure closure;
    private final @Nullable Terms terms;
    private final Iterator<? extends @Nullable Object> input;
    private final int chunkSize;
    private final boolean ordered;
    private final int minAhead;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    /** What the taking thread waits for. */
    private @Nullable Arrival head;

    private int ahead;
    private long takenTasks;
    private long takenBytes;
    private boolean stopped;
    private final Set<PendingTask> unfinished = new HashSet<>();
    private int running;
    private @Nullable End end;

    Feed(
        SessionPool pool,
        Call<?> function,
        Iterator<? extends @Nullable Object> input,
        int chunkSize,
        boolean ordered) {
      this.pool = pool;
      this.closure = function.closure();
      this.terms = pool.termsOfMap(function);
      this.input = input;
      this.chunkSize = chunkSize;
      this.ordered = ordered;
      this.minAhead = AHEAD_PER_SLOT * pool.slots();
    }

    void run() {
      Throwable error = null;
      try {
        while (waitForRoom() && input.hasNext()) {
          submitNext();
        }
      } catch (Throwable e) {
        error = e;
      }
      finish(new End(error));
    }

    private synchronized void finish(End last) {
      end = last;
      if (ordered || running == 0) {
        arrivals.add(last);
      }
    }

    private void submitNext() {
      List<@Nullable Object> calls = new ArrayList<>(chunkSize);
      Throwable inputError = null;
      try {
        while (calls.size() < chunkSize && input.hasNext()) {
          calls.add(input.next());
        }
      } catch (RuntimeException e) {
        inputError = e;
      }
      if (!calls.isEmpty()) {
        submit(calls);
      }
      if (inputError != null) {
        throw (RuntimeException) inputError;
      }
    }

    private void submit(List<@Nullable Object> calls) {
      byte[] payload = pool.encodeBulk(closure, calls);
      synchronized (this) {
        running++;
        ahead++;
      }
      try {
        PendingTask task = pool.submit(closure, true, calls.size(), terms, payload, this::onEnd);
        cancelAtStop(task);
        if (ordered) {
          arrivals.add(new Submitted(task));
        }
      } catch (RuntimeException e) {
        synchronized (this) {
          running--;
        }
        throw e;
      }
    }

    private void cancelAtStop(PendingTask task) {
      if (!noteUnfinished(task)) {
        pool.cancel(task.number(), false);
      }
    }

    /** False if it is too late, because nobody wants it any more. */
    private synchronized boolean noteUnfinished(PendingTask task) {
      if (!stopped && !task.ended().isDone()) {
        unfinished.add(task);
      }
      return !stopped;
    }

    /** On the actor's thread. */
    private synchronized void onEnd(PendingTask task) {
      running--;
      unfinished.remove(task);
      if (stopped) {
        task.forgetBytes();
      }
      if (!ordered) {
        arrivals.add(new Submitted(task));
        End last = end;
        if (last != null && running == 0) {
          arrivals.add(last);
        }
      }
    }

    private synchronized boolean waitForRoom() throws InterruptedException {
      while (!stopped && ahead >= limit()) {
        wait();
      }
      return !stopped;
    }

    private int limit() {
      if (takenTasks == 0) {
        return minAhead;
      }
      long meanBytes = Math.max(1, takenBytes / takenTasks);
      return (int) Math.max(minAhead, Math.min(MAX_AHEAD_TASKS, MAX_AHEAD_BYTES / meanBytes));
    }

    /**
     * Waits for the next task to have ended, or for the end; may be asked again if interrupted, or
     * when the time was over.
     */
    Arrival take(long timeoutNanos) throws InterruptedException, TimeoutException {
      Arrival ready = head == null ? arrivals.peek() : head;
      boolean waits = !(ready instanceof Submitted next) || !next.task().ended().isDone();
      if (!waits || timeoutNanos <= 0) {
        return takeNow(timeoutNanos);
      }
      CurrentTask.lendSlot();
      try {
        return takeNow(timeoutNanos);
      } finally {
        CurrentTask.takeSlotBack();
      }
    }

    private Arrival takeNow(long timeoutNanos) throws InterruptedException, TimeoutException {
      long start = System.nanoTime();
      Arrival arrival = head;
      if (arrival == null) {
        arrival = arrivals.poll(timeoutNanos, TimeUnit.NANOSECONDS);
        if (arrival == null) {
          throw new TimeoutException();
        }
        head = arrival;
      }
      if (arrival instanceof Submitted submitted) {
        awaitEnd(submitted, timeoutNanos - (System.nanoTime() - start));
        taken(submitted.task());
      }
      head = null;
      return arrival;
    }

    private static void awaitEnd(Submitted submitted, long timeoutNanos)
        throws InterruptedException, TimeoutException {
      try {
        submitted.task().ended().get(timeoutNanos, TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError("a task's end is no error", e);
      }
    }

    private synchronized void taken(PendingTask task) {
      ahead--;
      takenTasks++;
      takenBytes += task.resultBytes();
      notifyAll();
    }

    /** Cancels without the lock: once the session has ended, the canceller does its work. */
    void stop() {
      stopReading().forEach(task -> pool.cancel(task.number(), false));
    }

    /** What is unfinished. */
    private synchronized List<PendingTask> stopReading() {
      stopped = true;
      List<PendingTask> left = List.copyOf(unfinished);
      unfinished.clear();
      for (Arrival arrival : arrivals) {
        if (arrival instanceof Submitted submitted && submitted.task().ended().isDone()) {
          submitted.task().forgetBytes();
        }
      }
      notifyAll();
      return left;
    }
  }
}
