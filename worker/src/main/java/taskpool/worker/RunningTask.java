package taskpool.worker;

/** A task that runs on a slot thread, as far as cancelling it goes. Thread-safe. */
final class RunningTask {
  private final Thread thread;
  private boolean cancelled;
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

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Its function has returned: an interrupt no longer reaches the thread. True if one has. */
  synchronized boolean end() {
    ended = true;
    Thread.interrupted();
    return cancelled;
  }
}
