package taskpool.coordinator;

/** Wants to know how workers, clients and the coordinator itself fare. Must not block. */
public interface WorkerListener {
  /** A worker has reported for work. */
  void registered(int worker);

  /**
   * A worker's process, if it lives, must be killed: it stopped answering, or runs what can't be
   * stopped otherwise.
   */
  void kill(int worker);

  /** See {@link Coordinator.Port#breakDeadlock}. */
  boolean breakDeadlock(String circle);

  /**
   * A client of another process has opened a session, or does so again; when its process ends, the
   * session is to be closed by {@link CoordinatorActor.ClientExited}.
   *
   * @param pid of its process
   */
  void sessionOpened(int session, long pid);

  /** The coordinator's actor is gone; no task will end any more. */
  void coordinatorEnded();
}
