package taskpool.benchmarks.layers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import taskpool.client.ClientSession;
import taskpool.coordinator.Coordinator;
import taskpool.link.LinkSettings;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerInfo;
import taskpool.worker.Assignment;
import taskpool.worker.Slots;
import taskpool.worker.Worker;
import taskpool.worker.WorkerLimits;

/**
 * Many no-ops from a client through the coordinator to two workers and back, all cores driven in
 * this thread as their actors drive them. Nothing is lost and nothing is left to chance: the same
 * burst sends the same messages every time.
 *
 * <p>It goes in turns: the client submits some, everything on its way arrives in the order of
 * sending, and each worker runs some of what it holds.
 */
final class Burst implements Coordinator.Port {
  private static final int SESSION = 1;
  private static final int WORKERS = 2;

  /** How many tasks a core deals with in one turn of its actor. */
  private static final int TURN = 256;

  private static final long RUN_NANOS = 1_000;

  /** What went one way. */
  static final class Traffic {
    private long messages;
    private long bytes;

    long messages() {
      return messages;
    }

    long bytes() {
      return bytes;
    }
  }

  private record Letter(Hop hop, int peer, Header header, @Nullable Object batch) {}

  private final WireSizes sizes;
  private final Map<Hop, Traffic> traffic = new EnumMap<>(Hop.class);
  private final Meter clientMeter = new Meter();
  private final Meter coordinatorMeter = new Meter();
  private final Meter workerMeter = new Meter();

  private final ArrayDeque<Letter> onTheirWay = new ArrayDeque<>();
  private final ClientSession client;
  private final Coordinator coordinator =
      new Coordinator(LinkSettings.remote(), new SplittableRandom(1), this);
  private final List<OneSlot> slots = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final Ends ends = new Ends();
  private final byte[] function = SampleTask.function();
  private final byte[] payload = SampleTask.payload();
  private final byte[] result = SampleTask.payload(); // the identity gives what it is given
  private long nowNanos;

  Burst(WireSizes sizes) {
    this.sizes = sizes;
    for (Hop hop : Hop.values()) {
      traffic.put(hop, new Traffic());
    }
    client =
        new ClientSession(
            LinkSettings.local(), (header, batch) -> post(Hop.SUBMIT, SESSION, header, batch));
    for (int number = 1; number <= WORKERS; number++) {
      int peer = number;
      OneSlot slot = new OneSlot();
      slots.add(slot);
      workers.add(
          new Worker(
              slot,
              LinkSettings.remote(),
              WorkerLimits.NONE,
              (header, batch) -> post(Hop.OUTCOME, peer, header, batch)));
    }
  }

  /** Runs so many tasks; to be called once. */
  Burst run(int tasks) {
    coordinator.openSession(SESSION, LinkSettings.local(), nowNanos);
    for (int number = 1; number <= WORKERS; number++) {
      coordinator.registerWorker(new WorkerInfo(number, number, "host", 1), nowNanos);
    }
    for (int first = 1; first <= tasks; first += TURN) {
      int from = first;
      int to = Math.min(tasks + 1, first + TURN);
      clientMeter.run(() -> submit(from, to));
      turn();
    }
    while (ends.count < tasks) {
      long before = ends.count;
      turn();
      if (ends.count == before) {
        tick();
      }
    }
    return this;
  }

  private void submit(int from, int to) {
    for (int id = from; id < to; id++) {
      client.submit(id, function, false, null, payload, ends);
    }
    client.flush(nowNanos);
  }

  private void turn() {
    deliverAll();
    for (int i = 0; i < WORKERS; i++) {
      Worker worker = workers.get(i);
      OneSlot slot = slots.get(i);
      workerMeter.run(() -> runSome(worker, slot));
    }
  }

  private void runSome(Worker worker, OneSlot slot) {
    for (int i = 0; i < TURN && !slot.waiting.isEmpty(); i++) {
      Assignment next = slot.waiting.remove();
      Outcome outcome = new Outcome(next.id(), Outcome.Kind.VALUES, result);
      worker.finished(outcome, RUN_NANOS, nowNanos);
    }
    worker.flush(nowNanos);
  }

  private void tick() {
    nowNanos += LinkSettings.TICK.toNanos();
    client.tick(nowNanos);
    coordinator.tick(nowNanos);
    workers.forEach(worker -> worker.tick(nowNanos));
  }

  private void post(Hop hop, int peer, Header header, @Nullable Object batch) {
    onTheirWay.add(new Letter(hop, peer, header, batch));
  }

  private void deliverAll() {
    Letter letter = onTheirWay.poll();
    while (letter != null) {
      Traffic way = traffic(letter.hop());
      way.messages++;
      way.bytes += sizes.of(letter.hop().message(letter.peer(), letter.header(), letter.batch()));
      deliver(letter);
      letter = onTheirWay.poll();
    }
  }

  private void deliver(Letter letter) {
    int peer = letter.peer();
    Header header = letter.header();
    Object batch = letter.batch();
    switch (letter.hop()) {
      case SUBMIT ->
          coordinatorMeter.run(
              () -> coordinator.fromClient(peer, header, (ClientBatch) batch, nowNanos));
      case LEASE -> {
        Worker worker = workers.get(peer - 1);
        workerMeter.run(() -> worker.receive(header, (LeaseBatch) batch, nowNanos));
      }
      case OUTCOME ->
          coordinatorMeter.run(
              () -> coordinator.fromWorker(peer, header, (WorkerBatch) batch, nowNanos));
      case COMPLETION ->
          clientMeter.run(() -> client.receive(header, (CompletionBatch) batch, nowNanos));
    }
  }

  @Override
  public void toWorker(int worker, Header header, @Nullable LeaseBatch batch) {
    post(Hop.LEASE, worker, header, batch);
  }

  @Override
  public void toClient(int session, Header header, @Nullable CompletionBatch batch) {
    post(Hop.COMPLETION, session, header, batch);
  }

  @Override
  public boolean breakDeadlock(String circle) {
    return true;
  }

  @Override
  public void kill(int worker) {
    throw new IllegalStateException("nothing here takes too long");
  }

  Traffic traffic(Hop hop) {
    Traffic way = traffic.get(hop);
    if (way == null) {
      throw new IllegalArgumentException("no way " + hop);
    }
    return way;
  }

  /** What the submitting end's core took: the tasks in, the outcomes out. */
  Meter client() {
    return clientMeter;
  }

  Meter coordinator() {
    return coordinatorMeter;
  }

  /** Both workers' cores, without the codec. */
  Meter workers() {
    return workerMeter;
  }

  private static final class Ends implements ClientSession.Listener {
    private long count;

    @Override
    public void onOutcome(Outcome outcome) {
      count++;
    }

    @Override
    public void onProgress(Progress progress) {}

    @Override
    public void onCancelAnswer(boolean accepted) {}

    @Override
    public void onAbandoned(Throwable reason) {
      throw new IllegalStateException(reason);
    }
  }

  private static final class OneSlot implements Slots {
    private final ArrayDeque<Assignment> waiting = new ArrayDeque<>();

    @Override
    public int count() {
      return 1;
    }

    @Override
    public void enqueue(Assignment assignment) {
      waiting.add(assignment);
    }

    @Override
    public boolean withdraw(long lease) {
      return waiting.removeIf(assignment -> assignment.id() == lease);
    }

    @Override
    public List<Long> withdrawAll() {
      List<Long> all = waiting.stream().map(Assignment::id).toList();
      waiting.clear();
      return all;
    }

    @Override
    public boolean interrupt(long lease) {
      return false;
    }

    @Override
    public void expire(long lease) {}
  }
}
