package taskpool.benchmarks.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import taskpool.coordinator.Coordinator;
import taskpool.link.LinkSettings;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.Lease;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Submission;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerInfo;

/**
 * A coordinator with so many workers and so many tasks in its queue, kept so while tasks come and
 * go: one worker after the other ends what it holds, and as many new tasks are submitted. Tasks
 * come and go a hundred to a message whatever the numbers, so that only these make a difference.
 */
final class BusyCoordinator implements Coordinator.Port {
  private static final int SESSION = 1;
  private static final int PER_MESSAGE = 100;
  private static final byte[] FUNCTION = SampleTask.function();
  private static final byte[] NOTHING = {};

  private final Coordinator coordinator =
      new Coordinator(LinkSettings.remote(), new SplittableRandom(1), this);
  private final List<List<Lease>> held = new ArrayList<>();
  private final long[] sentByWorker;
  private long sentByClient;
  private long lastTask;
  private int turn;

  BusyCoordinator(int workers, int queued) {
    sentByWorker = new long[workers];
    coordinator.openSession(SESSION, LinkSettings.local(), 0);
    for (int worker = 0; worker < workers; worker++) {
      held.add(new ArrayList<>());
      coordinator.registerWorker(new WorkerInfo(worker, worker, "host", 1), 0);
    }
    long wanted = queued + (long) workers * PER_MESSAGE;
    while (lastTask < wanted) {
      submit(submissions((int) Math.min(PER_MESSAGE, wanted - lastTask)));
    }
    for (int worker = 0; worker < workers; worker++) {
      report(worker, List.of());
    }
  }

  /** Lets so many hundreds of tasks come and go; gives the coordinator's cost of one. */
  Cost exchange(int messages) {
    Meter meter = new Meter();
    for (int i = 0; i < messages; i++) {
      int worker = turn++ % sentByWorker.length;
      List<Lease> ended = held.get(worker);
      List<Outcome> outcomes = new ArrayList<>(ended.size());
      ended.forEach(lease -> outcomes.add(new Outcome(lease.id(), Outcome.Kind.VALUES, NOTHING)));
      ended.clear();
      ClientBatch more = submissions(outcomes.size());
      meter.run(() -> report(worker, outcomes));
      meter.run(() -> submit(more));
      if (held.get(worker).size() != PER_MESSAGE) {
        throw new IllegalStateException("worker holds " + held.get(worker).size());
      }
    }
    return meter.costOfOneOf((long) messages * PER_MESSAGE);
  }

  private ClientBatch submissions(int count) {
    List<Submission> submissions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      submissions.add(new Submission(++lastTask, 0, false, null, NOTHING));
    }
    return new ClientBatch(List.of(FUNCTION), List.of(), submissions, List.of(), List.of());
  }

  private void submit(ClientBatch batch) {
    coordinator.fromClient(SESSION, new Header(++sentByClient, Long.MAX_VALUE), batch, 0);
  }

  private void report(int worker, List<Outcome> outcomes) {
    WorkerBatch batch =
        new WorkerBatch(
            List.of(), List.of(), outcomes, List.of(), List.of(), List.of(), 0, PER_MESSAGE);
    coordinator.fromWorker(worker, new Header(++sentByWorker[worker], Long.MAX_VALUE), batch, 0);
  }

  @Override
  public void toWorker(int worker, Header header, @Nullable LeaseBatch batch) {
    if (batch != null) {
      held.get(worker).addAll(batch.leases());
    }
  }

  @Override
  public void toClient(int session, Header header, @Nullable CompletionBatch batch) {}

  @Override
  public boolean breakDeadlock(String circle) {
    return true;
  }

  @Override
  public void kill(int worker) {}
}
