package taskpool.coordinator;

import org.jspecify.annotations.Nullable;
import taskpool.lifecycle.TaskEvent;
import taskpool.lifecycle.TaskState;

/** A task that has not ended. Confined to the coordinator. */
final class Task {
  final Session session;
  final long id;
  final byte[] function;
  final boolean bulk;
  final byte[] payload;

  private TaskState state = TaskState.QUEUED;
  private long leaseId;
  private int attempt;
  private int deaths;
  private @Nullable WorkerPeer worker;
  private boolean cancelAsked;

  Task(Session session, long id, byte[] function, boolean bulk, byte[] payload) {
    this.session = session;
    this.id = id;
    this.function = function;
    this.bulk = bulk;
    this.payload = payload;
  }

  TaskState state() {
    return state;
  }

  /** Moves on in the life-cycle table; throws if the table has no such way. */
  void on(TaskEvent event) {
    state = state.on(event);
  }

  /** Belongs to this worker under this lease from now on. */
  void leasedTo(WorkerPeer worker, long leaseId) {
    on(TaskEvent.LEASE);
    this.worker = worker;
    this.leaseId = leaseId;
    attempt++;
  }

  /** Back in the lane as if this attempt had never been: it had not begun. */
  void handedBack() {
    on(TaskEvent.RETURN);
    worker = null;
    attempt--;
  }

  /** Back in the lane after its worker died. */
  void lost() {
    on(TaskEvent.LOSE);
    worker = null;
  }

  void countDeath() {
    deaths++;
  }

  int deaths() {
    return deaths;
  }

  int attempt() {
    return attempt;
  }

  long leaseId() {
    return leaseId;
  }

  @Nullable WorkerPeer worker() {
    return worker;
  }

  boolean cancelAsked() {
    return cancelAsked;
  }

  void setCancelAsked(boolean cancelAsked) {
    this.cancelAsked = cancelAsked;
  }

  /** What it costs its lane: one, and more for the time that large payloads keep the wire. */
  int cost() {
    return 1 + payload.length / 16_384;
  }
}
