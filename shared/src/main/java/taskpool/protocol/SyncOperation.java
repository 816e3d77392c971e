package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/** What can be asked of a primitive. Sent as its ordinal. */
@JsonFormat(shape = JsonFormat.Shape.NUMBER)
public enum SyncOperation {
  /** Names the object that its number stands for in this session; made if it is not there. */
  OPEN,
  /** No longer waits for the answer to the request whose number is the argument. */
  WITHDRAW,

  /** Lock (the argument is the owner's thread), semaphore (the number of permits). */
  ACQUIRE,
  /** The same, back. */
  RELEASE,
  /** A condition of a lock: gives the lock back and waits to be notified, then for the lock. */
  AWAIT_CONDITION,
  /** Notifies so many of those that wait for a condition. */
  NOTIFY,

  /** Event, latch, barrier: waits for it. */
  AWAIT,
  /** Event: sets it. */
  SET,
  /** Event: clears it. */
  CLEAR,
  /** Latch: one less. */
  COUNT_DOWN,
  /** Barrier: breaks it. */
  ABORT,
  /** Barrier: makes it as new. */
  RESET,

  /** Reads how it stands, in one number or more. */
  STATE
}
