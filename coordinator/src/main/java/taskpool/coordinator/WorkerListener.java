package taskpool.coordinator;

/** Wants to know how workers and the coordinator itself fare. Must not block. */
public interface WorkerListener {
  /** A worker has reported for work. */
  void registered(int worker);

  /**
   * A worker's process, if it lives, must be killed: it stopped answering, or runs what can't be
   * stopped otherwise.
   */
  void kill(int worker);

  /** The coordinator's actor is gone; no task will end any more. */
  void coordinatorEnded();
}
