package taskpool.coordinator;

/** Wants to know how workers and the coordinator itself fare. Must not block. */
public interface WorkerListener {
  /** A worker has reported for work. */
  void registered(int worker);

  /** The cluster has given a worker up; its process, if it still lives, should be killed. */
  void unreachable(int worker);

  /** The coordinator's actor is gone; no task will end any more. */
  void coordinatorEnded();
}
