package taskpool.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.TaskContext;

/** Which task runs on a thread. Set by the worker around every task. */
public final class CurrentTask {
  private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable Slot> SLOT = new ThreadLocal<>();

  /** The slot that a task occupies. */
  public interface Slot {
    /** Another task may run in it. */
    void lend();

    /** Waits until the slot is free again, however the thread is interrupted. */
    void takeBack();
  }

  private CurrentTask() {}

  /** The task of this thread. */
  public static Optional<TaskContext> get() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** From now on this thread runs that task. */
  public static void set(TaskContext context, Slot slot) {
    CURRENT.set(context);
    SLOT.set(slot);
  }

  /**
   * Before a thread waits for something of the pool's: if it runs a task, another one may have its
   * slot meanwhile, as what is waited for may need one. {@link #takeSlotBack} has to follow.
   */
  public static void lendSlot() {
    Slot slot = SLOT.get();
    if (slot != null) {
      slot.lend();
    }
  }

  /** After the wait: goes on as soon as there is a slot for the task again. */
  public static void takeSlotBack() {
    Slot slot = SLOT.get();
    if (slot != null) {
      slot.takeBack();
    }
  }

  /** This thread runs no task any more. */
  public static void clear() {
    CURRENT.remove();
    SLOT.remove();
  }
}
