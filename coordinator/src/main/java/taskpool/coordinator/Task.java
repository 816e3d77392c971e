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
  private long sentAs;
  private int attempt;
  private int deaths;
  private @Nullable WorkerPeer worker;
  private int unansweredCancels;
  private boolean cancelAccepted;

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
    sentAs = 0;
    attempt++;
  }

  /** Its lease has left for the worker, as this one of all that have. */
  void sent(long sentAs) {
    this.sentAs = sentAs;
  }

  /** The place of its lease among those that its worker was sent; 0 while it has not left. */
  long sentAs() {
    return sentAs;
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

  /** Its worker is asked to stop it. */
  void cancelAsked() {
    unansweredCancels++;
  }

  /** Its worker has answered one of the requests to stop it; a refusal undoes no other. */
  void cancelAnswered(boolean accepted) {
    unansweredCancels--;
    cancelAccepted |= accepted;
  }

  /** Whether it must not run again, should its worker not end it. */
  boolean isCancelWanted() {
    return cancelAccepted || unansweredCancels > 0;
  }

  /** What it costs its lane: one, and more for the time that large payloads keep the wire. */
  int cost() {
    return 1 + payload.length / 16_384;
  }
}
