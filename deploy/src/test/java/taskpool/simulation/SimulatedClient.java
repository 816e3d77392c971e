package taskpool.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.client.ClientSession;
import taskpool.link.LinkSettings;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;

/** A client's process: drives a {@link ClientSession} as its actor does, until it dies. */
final class SimulatedClient {
  final int session;
  final LinkSettings settings;

  private final Simulation simulation;
  private final ClientSession client;
  private final WireCheck wire;
  private final boolean local;
  private long lastTask;
  private boolean answered;
  private boolean ticking;
  private boolean dead;

  SimulatedClient(Simulation simulation, int session, boolean local) {
    this.simulation = simulation;
    this.session = session;
    this.local = local;
    this.settings = local ? LinkSettings.local() : simulation.scenario.links();
    this.wire = new WireCheck(settings);
    this.client = new ClientSession(settings, this::send);
    open();
    keepTicking();
  }

  private void open() {
    carry(this + " opens", () -> simulation.coordinator.open(this));
  }

  private void send(Header header, @Nullable ClientBatch batch) {
    Letter letter = new Letter(toString(), "coordinator", header, batch);
    wire.sent(letter);
    carry(letter, () -> simulation.coordinator.fromClient(this, header, batch));
  }

  /** Between this process and the coordinator, if they are two. */
  void carry(Object message, Runnable delivery) {
    if (local) {
      simulation.time.after(Scenario.MICRO, delivery);
    } else {
      simulation.network.send(message, delivery);
    }
  }

  SimulatedTask submit(SimulatedTask.Plan plan) {
    SimulatedTask task = new SimulatedTask(session, ++lastTask, plan);
    simulation.ledger.add(task);
    simulation.trace.log("%s submits %s", this, task);
    task.submittedNanos = now();
    client.submit(task.id, task.function(), false, plan.terms(), task.payload, new Listener(task));
    return task;
  }

  /** For a request, apart from those of tasks. */
  long nextId() {
    return ++lastTask;
  }

  void ask(SyncRequest request, ClientSession.ReplyListener listener) {
    if (!dead) {
      simulation.trace.log("%s asks %s", this, request);
      client.request(request, listener);
      flush();
    }
  }

  /** Hears every reply of this number, which is negative. */
  void listen(long number, Consumer<SyncReply> then) {
    client.listen(number, new SimulatedObject.Answer(then));
  }

  void tell(SyncRequest request) {
    if (!dead) {
      client.tell(request);
      flush();
    }
  }

  void cancel(SimulatedTask task, boolean interrupt) {
    if (!dead && task.outcome == null) {
      simulation.trace.log("%s cancels %s%s", this, task.name(), interrupt ? " rudely" : "");
      task.cancelAsked = true;
      client.cancel(task.id, interrupt);
      flush();
    }
  }

  void flush() {
    client.flush(now());
    keepTicking();
  }

  /** A batch from the coordinator. */
  void receive(Header header, @Nullable CompletionBatch batch) {
    if (!dead) {
      answered = true;
      wire.acknowledged(header.acknowledged());
      client.receive(header, batch, now());
      keepTicking();
    }
  }

  private void keepTicking() {
    if (!ticking) {
      ticking = true;
      simulation.time.after(LinkSettings.TICK.toNanos(), this::tick);
    }
  }

  private void tick() {
    ticking = false;
    if (dead) {
      return;
    }
    if (!answered) {
      open();
    }
    client.tick(now());
    if (!answered || !client.atRest()) {
      keepTicking();
    }
  }

  /** The process ends here and now. */
  void die() {
    dead = true;
    simulation.clientDied(this);
  }

  boolean isDead() {
    return dead;
  }

  boolean atRest() {
    return client.atRest() && client.unfinished() == 0 && client.unanswered() == 0;
  }

  private long now() {
    return simulation.time.nowNanos();
  }

  @Override
  public String toString() {
    return "client-" + session;
  }

  private final class Listener implements ClientSession.Listener {
    private final SimulatedTask task;

    Listener(SimulatedTask task) {
      this.task = task;
    }

    @Override
    public void onOutcome(Outcome outcome) {
      simulation.ledger.ended(task, outcome);
    }

    @Override
    public void onProgress(Progress progress) {
      Ledger.check(!task.ranOn.isEmpty(), "progress of what has not started: " + task);
    }

    @Override
    public void onCancelAnswer(boolean accepted) {
      simulation.ledger.answered(task, accepted);
    }

    @Override
    public void onAbandoned(Throwable reason) {
      throw new AssertionError("abandoned: " + task, reason);
    }
  }
}
