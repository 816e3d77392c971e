package taskpool.worker;

/** A task that runs on a slot thread, as far as cancelling it goes. Thread-safe. */
final class RunningTask {
  private final Thread thread;
  private boolean cancelled;
  private boolean expired;
  private boolean ended;

  RunningTask(Thread thread) {
    this.thread = thread;
  }

  /** Interrupts it; false if it has ended. */
  synchronized boolean cancel() {
    if (ended) {
      return false;
    }
    cancelled = true;
    thread.interrupt();
    return true;
  }

  /** Interrupts it at its soft limit, unless it has ended. */
  synchronized void expire() {
    if (!ended) {
      expired = true;
      thread.interrupt();
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Whether it was interrupted at its soft limit, and not cancelled. */
  synchronized boolean isExpired() {
    return expired && !cancelled;
  }

  /** Its function has returned: an interrupt no longer reaches the thread. True if one has. */
  synchronized boolean end() {
    ended = true;
    Thread.interrupted();
    return cancelled;
  }
}
