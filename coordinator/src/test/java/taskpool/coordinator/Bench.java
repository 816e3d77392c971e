package taskpool.coordinator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import taskpool.link.LinkSettings;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.Lease;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Submission;
import taskpool.protocol.Terms;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerInfo;

/** A coordinator whose clients and workers are played by the test; all messages arrive. */
final class Bench implements Coordinator.Port {
  private static final byte[] FUNCTION = {1};

  final Coordinator coordinator =
      new Coordinator(LinkSettings.local(), new SplittableRandom(1), this);
  private final Map<Integer, List<Lease>> leases = new HashMap<>();
  private final Map<Integer, List<Cancel>> cancels = new HashMap<>();
  private final Map<Integer, List<Outcome>> outcomes = new HashMap<>();
  private final Map<Integer, List<CancelAnswer>> answers = new HashMap<>();
  private final Map<Integer, Long> sentByWorker = new HashMap<>();
  private final Map<Integer, Long> sentByClient = new HashMap<>();
  final List<Integer> killed = new ArrayList<>();
  long nowNanos;
  private int arrived;

  void open(int session) {
    coordinator.openSession(session, LinkSettings.local(), nowNanos);
  }

  void register(int worker, int slots) {
    coordinator.registerWorker(new WorkerInfo(worker, worker, "host", slots), nowNanos);
    settle();
  }

  void submit(int session, long... tasks) {
    submit(session, LongStream.of(tasks).boxed().toList(), new byte[0]);
  }

  void submit(int session, List<Long> tasks, byte[] payload) {
    List<Submission> submissions =
        tasks.stream().map(id -> new Submission(id, 0, false, null, payload)).toList();
    fromClient(
        session, new ClientBatch(List.of(FUNCTION), List.of(), submissions, List.of(), List.of()));
  }

  void submit(int session, long task, Terms terms) {
    submit(session, task, FUNCTION, terms);
  }

  void submit(int session, long task, byte[] function, Terms terms) {
    Submission submission = new Submission(task, 0, false, terms, new byte[0]);
    fromClient(
        session,
        new ClientBatch(List.of(function), List.of(), List.of(submission), List.of(), List.of()));
  }

  /** Lets time pass, and the coordinator see to what is due. */
  void pass(long nanos) {
    nowNanos += nanos;
    coordinator.tick(nowNanos);
    settle();
  }

  void cancel(int session, long task, boolean interrupt) {
    List<Cancel> asked = List.of(new Cancel(task, interrupt));
    fromClient(session, new ClientBatch(List.of(), List.of(), List.of(), asked, List.of()));
  }

  private void fromClient(int session, ClientBatch batch) {
    long sequence = sentByClient.merge(session, 1L, Long::sum);
    coordinator.fromClient(session, new Header(sequence, Long.MAX_VALUE), batch, nowNanos);
    settle();
  }

  void finish(int worker, long lease, int credit) {
    Outcome outcome = new Outcome(lease, Outcome.Kind.VALUES, new byte[0]);
    report(worker, List.of(outcome), List.of(), List.of(), List.of(), credit);
  }

  void end(int worker, long lease, Outcome.Kind kind) {
    Outcome outcome = new Outcome(lease, kind, new byte[0]);
    report(worker, List.of(outcome), List.of(), List.of(), List.of(), 1);
  }

  /** The worker has cancelled what it had not begun. */
  void withdrawn(int worker, long lease) {
    Outcome outcome = Outcome.cancelled(lease, false);
    report(worker, List.of(outcome), List.of(), List.of(), List.of(), 1);
  }

  void overdue(int worker, Overdue late) {
    report(worker, List.of(), List.of(), List.of(late), List.of(), 1);
  }

  void handBack(int worker, List<Long> newestFirst, int credit) {
    report(worker, List.of(), List.of(), List.of(), newestFirst, credit);
  }

  void answer(int worker, long lease, boolean accepted) {
    report(worker, List.of(), List.of(new CancelAnswer(lease, accepted)), List.of(), List.of(), 1);
  }

  private void report(
      int worker,
      List<Outcome> ended,
      List<CancelAnswer> answered,
      List<Overdue> overdue,
      List<Long> returned,
      int credit) {
    long sequence = sentByWorker.merge(worker, 1L, Long::sum);
    coordinator.fromWorker(
        worker,
        new Header(sequence, Long.MAX_VALUE),
        new WorkerBatch(List.of(), List.of(), ended, answered, overdue, returned, 0, credit),
        nowNanos);
    settle();
  }

  /** A worker says that it lives. */
  void hear(int worker) {
    coordinator.fromWorker(worker, new Header(0, Long.MAX_VALUE), null, nowNanos);
  }

  void lose(int worker) {
    coordinator.workerLost(worker, new LostWorker("worker-" + worker, 1, -9, List.of()), nowNanos);
    settle();
  }

  /** Acknowledges everything until nothing comes any more. */
  void settle() {
    int before;
    do {
      before = arrived;
      Header all = new Header(0, Long.MAX_VALUE);
      List.copyOf(leases.keySet())
          .forEach(worker -> coordinator.fromWorker(worker, all, null, nowNanos));
      List.copyOf(outcomes.keySet())
          .forEach(session -> coordinator.fromClient(session, all, null, nowNanos));
    } while (arrived > before);
  }

  /** The leases that a worker was sent. */
  List<Lease> leases(int worker) {
    return leases.getOrDefault(worker, List.of());
  }

  Lease lastLease(int worker) {
    List<Lease> all = leases(worker);
    return all.get(all.size() - 1);
  }

  /** The tasks of the leases that a worker was sent. */
  List<Long> tasks(int worker) {
    return leases(worker).stream().map(Lease::task).toList();
  }

  List<Cancel> cancels(int worker) {
    return cancels.getOrDefault(worker, List.of());
  }

  List<Outcome> outcomes(int session) {
    return outcomes.getOrDefault(session, List.of());
  }

  List<CancelAnswer> answers(int session) {
    return answers.getOrDefault(session, List.of());
  }

  @Override
  public void toWorker(int worker, Header header, @Nullable LeaseBatch batch) {
    List<Lease> sent = leases.computeIfAbsent(worker, id -> new ArrayList<>());
    if (batch != null) {
      arrived++;
      sent.addAll(batch.leases());
      cancels.computeIfAbsent(worker, id -> new ArrayList<>()).addAll(batch.cancels());
    }
  }

  @Override
  public boolean breakDeadlock(String circle) {
    return true;
  }

  @Override
  public void kill(int worker) {
    killed.add(worker);
  }

  @Override
  public void toClient(int session, Header header, @Nullable CompletionBatch batch) {
    List<Outcome> told = outcomes.computeIfAbsent(session, id -> new ArrayList<>());
    if (batch != null) {
      arrived++;
      told.addAll(batch.outcomes());
      answers.computeIfAbsent(session, id -> new ArrayList<>()).addAll(batch.cancelAnswers());
    }
  }
}
