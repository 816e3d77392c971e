package taskpool.coordinator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.lifecycle.TaskEvent;
import taskpool.lifecycle.TaskState;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Overdue;
import taskpool.protocol.Submission;
import taskpool.protocol.Terms;

/** A task that has not ended. Confined to the coordinator. */
final class Task {
  final Session session;
  final long id;
  final byte[] function;
  final boolean bulk;
  final @Nullable Terms terms;
  final byte[] payload;

  private TaskState state;
  private long queuedNanos;
  private long leaseId;
  private long sentAs;
  private int attempt;
  private @Nullable WorkerPeer worker;
  private Mishaps mishaps = Mishaps.NONE;

  Task(Session session, Submission submission, byte[] function, byte[] payload) {
    this.session = session;
    this.id = submission.id();
    this.function = function;
    this.bulk = submission.bulk();
    this.terms = submission.terms();
    this.payload = payload;
    this.state = delayNanos() > 0 ? TaskState.DELAYED : TaskState.QUEUED;
  }

  TaskState state() {
    return state;
  }

  /** Moves on in the life-cycle table; throws if the table has no such way. */
  void on(TaskEvent event) {
    state = state.on(event);
  }

  int priority() {
    return terms == null ? Terms.NORMAL : terms.priority();
  }

  long delayNanos() {
    return terms == null ? 0 : terms.delayNanos();
  }

  @Nullable String key() {
    return terms == null ? null : terms.key();
  }

  /** Waits since then; a run that was lost or handed back does not change it. */
  void queuedAt(long nowNanos) {
    queuedNanos = nowNanos;
  }

  long queuedNanos() {
    return queuedNanos;
  }

  private Mishaps change() {
    if (mishaps == Mishaps.NONE) {
      mishaps = new Mishaps();
    }
    return mishaps;
  }

  /** Whether it is queued only until another task with its key has ended; it is in no lane then. */
  boolean waitsForKey() {
    return mishaps.waitsForKey;
  }

  void waitForKey(boolean waits) {
    change().waitsForKey = waits;
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
    leaves(TaskEvent.RETURN);
    attempt--;
  }

  /** Back in the lane after its worker died. */
  void lost() {
    leaves(TaskEvent.LOSE);
  }

  /** Will be tried again later. */
  void failed() {
    leaves(TaskEvent.RETRY);
    change().failures++;
  }

  private void leaves(TaskEvent event) {
    on(event);
    worker = null;
    if (mishaps.overdue != null) {
      mishaps.overdue = null;
    }
  }

  /** Runs that have failed and been repeated. */
  int failures() {
    return mishaps.failures;
  }

  /** A worker died that may have died of it. */
  void countDeath(LostWorker details) {
    change().deaths.add(details);
  }

  List<LostWorker> deaths() {
    return List.copyOf(mishaps.deaths);
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

  /** Its worker can't stop it and is going to be killed. */
  void overdue(Overdue report) {
    change().overdue = report;
  }

  @Nullable Overdue overdue() {
    return mishaps.overdue;
  }

  /** Its worker is asked to stop it. */
  void cancelAsked() {
    change().unansweredCancels++;
  }

  /** Its worker has answered one of the requests to stop it; a refusal undoes no other. */
  void cancelAnswered(boolean accepted) {
    Mishaps known = change();
    known.unansweredCancels--;
    known.cancelAccepted |= accepted;
  }

  /** Whether it must not run again, should its worker not end it. */
  boolean isCancelWanted() {
    return mishaps.cancelAccepted || mishaps.unansweredCancels > 0;
  }

  /** What it costs its lane: one, and more for the time that large payloads keep the wire. */
  int cost() {
    return 1 + payload.length / 16_384;
  }
}
