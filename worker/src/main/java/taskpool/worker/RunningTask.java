package taskpool.worker;

import taskpool.spi.CurrentTask;

/** A task that runs on a slot thread, as far as stopping it and its slot go. Thread-safe. */
final class RunningTask implements CurrentTask.Slot {
  private final Thread thread;
  private final SlotThreads slots;
  private boolean lent;
  private boolean cancelled;
  private boolean expired;
  private boolean ended;

  /** A task of the calling thread, which occupies one of these slots. */
  RunningTask(SlotThreads slots) {
    this.thread = Thread.currentThread();
    this.slots = slots;
  }

  /** On the task's own thread, as is the other. */
  @Override
  public void lend() {
    lent = slots.lend();
  }

  @Override
  public void takeBack() {
    if (lent) {
      lent = false;
      slots.takeBack();
    }
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
