package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/** What can be asked of a primitive. Sent as its ordinal. */
@JsonFormat(shape = JsonFormat.Shape.NUMBER)
public enum SyncOperation {
  /** Names the object that its number stands for in this session; made if it is not there. */
  OPEN,
  /** No longer waits for the answer to the request whose number is the argument. */
  WITHDRAW,

  /**
   * Lock (the argument is the owner's thread), semaphore (the number of permits). A lock's grant
   * has a payload if the owner before died with it, also at the end of {@link #AWAIT_CONDITION}.
   */
  ACQUIRE,
  /** The same, back; with the grant's payload if nobody has looked at it. */
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
  /**
   * Barrier: a process that is about to start was given it, and is a party from now on; the
   * argument stands for it, the payload is its name. Not answered.
   */
  GIVEN,
  /** Barrier: that process has ended by itself; the payload names it. Not answered. */
  PARTY_ENDED,
  /** Barrier: that process has died; the payload names it. Not answered. */
  PARTY_DIED,
  /**
   * Barrier: its action has run, as the answer to the request whose number is the argument asked
   * for; the payload says why it failed, if it has.
   */
  ACTION_ENDED,

  /** Queue: appends items; answered when all are in. */
  PUT,
  /** Queue: wants room for up to so many items, one at least, to be filled by {@link #STORE}. */
  RESERVE,
  /** Queue: appends items for which there is room; not answered. */
  STORE,
  /**
   * Queue: takes up to so many items, one at least; the upper half of the argument says how many
   * more are welcome in advance.
   */
  TAKE,
  /** Queue: so many of the items that came in advance have been taken; not answered. */
  HANDED,
  /**
   * Queue: gives back the room and the items that came in advance, but for so much room as is about
   * to be filled, because they were recalled; not answered.
   */
  RETURN,
  /**
   * Queue: gives back so many of the items that came in advance (upper half of the argument) and so
   * much room (lower half) without a recall; not answered. Says how many, as more may be on its way
   * to who says it, and a recall too.
   */
  GIVE_BACK,
  /** Queue: the items of the request whose number is the argument have arrived; not answered. */
  TAKEN,
  /** Queue: they are not wanted any more, and belong to the next one; not answered. */
  PUT_BACK,
  /** Queue: so many items that were taken are done. */
  TASK_DONE,
  /** Queue: waits until every item is done. */
  JOIN,
  /** Queue: reads the items that are in it, up to so many. */
  PEEK,
  /** Queue, list: takes an item out that equals this one: that at the index, else the first. */
  REMOVE,

  /** Pipe: closes the end whose number is the argument. */
  CLOSE,

  /** Dictionary, list: reads the item of a key, or at an index. */
  GET,
  /** Dictionary, list: a {@link Swap}; the argument is the writer's token, if it has one. */
  SWAP,
  /** List: puts items in at an index, or at the end if that is negative. */
  INSERT,
  /** List: takes out the item at an index. */
  REMOVE_AT,
  /** Dictionary, list, queue: takes everything out. */
  CLEAR_ALL,
  /** Dictionary, list: reads everything. */
  READ_ALL,

  /**
   * Lock: the request whose number is the argument waits for long; the payload says who waits. Asks
   * whether it waits in a circle.
   */
  WAITS_LONG,

  /** Reads how it stands, in one number or more. */
  STATE
}
