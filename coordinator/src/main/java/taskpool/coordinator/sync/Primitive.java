package taskpool.coordinator.sync;

import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/** One lock, semaphore, barrier …. Confined to the coordinator. */
interface Primitive {
  /**
   * A client has found it.
   *
   * @param process names the client's process
   * @param party stands for that process, if who started it gave it the primitive; else 0
   */
  default void opened(int session, String process, long party) {}

  /** Answers a request through {@link Answers}, or keeps it waiting. */
  void handle(Caller caller, SyncRequest request);

  /** Is told something that is not answered. */
  default void told(Caller caller, SyncRequest request) {}

  /**
   * One who waits gives up, because its time is over or it was interrupted: it is answered with
   * this status, as soon as that is possible.
   */
  void giveUp(Caller caller, Status status);

  /** A session has not answered a recall in time. */
  default void recallIsLate(int session) {}

  /** A session is gone: its callers are forgotten without an answer, and what it held is freed. */
  void sessionClosed(int session);
}
