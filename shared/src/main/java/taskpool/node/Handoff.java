package taskpool.node;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * How other threads ask something of what is confined to an actor: the requests gather, and one
 * message to the actor stands for all that came before it looked. Thread-safe, except {@link #drainTo},
 * which is the actor's.
 */
public final class Handoff<S> {
  private final Queue<Consumer<? super S>> requests = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean signalled = new AtomicBoolean();

  /** Leaves a request; calls {@code wake} if the actor does not know that there are any. */
  public void add(Consumer<? super S> request, Runnable wake) {
    requests.add(request);
    if (!signalled.get() && signalled.compareAndSet(false, true)) {
      wake.run();
    }
  }

  /** Does what was asked, in order. */
  public void drainTo(S state) {
    signalled.set(false);
    Consumer<? super S> next = requests.poll();
    while (next != null) {
      next.accept(state);
      next = requests.poll();
    }
  }
}
