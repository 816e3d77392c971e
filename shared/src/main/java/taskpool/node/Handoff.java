package taskpool.node;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * How other threads ask something of what is confined to an actor: the requests gather, and one
 * message to the actor stands for all that came before it looked. Thread-safe, except {@link
 * #drainTo}, which is the actor's.
 */
public final class Handoff<S> {
  private static final int MAX_AT_ONCE = 10_000;

  private final Queue<Consumer<? super S>> requests = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private volatile Runnable wake = () -> {};

  /** Says how to tell the actor that there are requests; those that came before are told of now. */
  public void wakeBy(Runnable wake) {
    this.wake = wake;
    if (signalled.get()) {
      wake.run();
    }
  }

  /** Leaves a request. */
  public void add(Consumer<? super S> request) {
    requests.add(request);
    if (!signalled.get() && signalled.compareAndSet(false, true)) {
      wake.run();
    }
  }

  /** Does what was asked, in order; a great many in several goes, to let other messages in. */
  public void drainTo(S state) {
    signalled.set(false);
    for (int i = 0; i < MAX_AT_ONCE; i++) {
      Consumer<? super S> next = requests.poll();
      if (next == null) {
        return;
      }
      next.accept(state);
    }
    if (signalled.compareAndSet(false, true)) {
      wake.run();
    }
  }
}
