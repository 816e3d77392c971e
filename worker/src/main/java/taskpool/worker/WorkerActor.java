package taskpool.worker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import taskpool.link.LinkSettings;
import taskpool.node.Handoff;
import taskpool.node.Post;
import taskpool.protocol.CoordinatorCommand;
import taskpool.protocol.WorkerCommand;
import taskpool.protocol.WorkerInfo;

/**
 * A worker's end of the wire: carries leases to the slots and outcomes back. What it decides is in
 * {@link Worker}.
 */
final class WorkerActor extends AbstractBehavior<WorkerCommand> {
  private static final Duration REGISTER_AGAIN = Duration.ofMillis(200);

  /** Slot threads have left reports in the hand-off. */
  enum ReportsWaiting implements WorkerCommand.Internal {
    INSTANCE
  }

  private enum Tick implements WorkerCommand.Internal {
    INSTANCE
  }

  private enum Beat implements WorkerCommand.Internal {
    INSTANCE
  }

  private enum Register implements WorkerCommand.Internal {
    INSTANCE
  }

  private final TimerScheduler<WorkerCommand> timers;
  private final Post post;
  private final WorkerInfo info;
  private final ActorRef<CoordinatorCommand> coordinator;
  private final Handoff<Worker> reports;
  private final BooleanSupplier mayEnd;
  private final Worker worker;
  private long tickNanos;

  /**
   * Creates the behavior.
   *
   * @param mayEnd whether the process may end once it has retired; must not block
   */
  static Behavior<WorkerCommand> create(
      Post post,
      WorkerInfo info,
      ActorRef<CoordinatorCommand> coordinator,
      WorkerBoot boot,
      Slots slots,
      Handoff<Worker> reports,
      BooleanSupplier mayEnd) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new WorkerActor(
                        context, timers, post, info, coordinator, boot, slots, reports, mayEnd)));
  }

  private WorkerActor(
      ActorContext<WorkerCommand> context,
      TimerScheduler<WorkerCommand> timers,
      Post post,
      WorkerInfo info,
      ActorRef<CoordinatorCommand> coordinator,
      WorkerBoot boot,
      Slots slots,
      Handoff<Worker> reports,
      BooleanSupplier mayEnd) {
    super(context);
    this.timers = timers;
    this.post = post;
    this.info = info;
    this.coordinator = coordinator;
    this.reports = reports;
    this.mayEnd = mayEnd;
    this.worker =
        new Worker(
            slots,
            LinkSettings.remote(),
            boot.limits(),
            (header, batch) ->
                post.tell(
                    coordinator, new CoordinatorCommand.FromWorker(info.number(), header, batch)));
    onRegister();
    timers.startTimerWithFixedDelay(Register.INSTANCE, Register.INSTANCE, REGISTER_AGAIN);
    timers.startTimerWithFixedDelay(Beat.INSTANCE, Beat.INSTANCE, boot.heartbeat());
  }

  @Override
  public Receive<WorkerCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(WorkerCommand.FromCoordinator.class, this::onFromCoordinator)
        .onMessageEquals(ReportsWaiting.INSTANCE, this::onReportsWaiting)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onMessageEquals(Beat.INSTANCE, this::onBeat)
        .onMessageEquals(Register.INSTANCE, this::onRegister)
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  /** Without this actor the process is of no use: it ends, and the host replaces it. */
  private Behavior<WorkerCommand> onStopped() {
    getContext().getSystem().terminate();
    return this;
  }

  private Behavior<WorkerCommand> onRegister() {
    post.tell(coordinator, new CoordinatorCommand.RegisterWorker(info, getContext().getSelf()));
    return this;
  }

  private Behavior<WorkerCommand> onFromCoordinator(WorkerCommand.FromCoordinator message) {
    timers.cancel(Register.INSTANCE);
    worker.receive(message.header(), message.batch(), System.nanoTime());
    return keepTicking();
  }

  private Behavior<WorkerCommand> onReportsWaiting() {
    reports.drainTo(worker);
    worker.flush(System.nanoTime());
    return keepTicking();
  }

  private Behavior<WorkerCommand> onTick() {
    timers.cancel(Tick.INSTANCE);
    worker.tick(System.nanoTime());
    return keepTicking();
  }

  private Behavior<WorkerCommand> onBeat() {
    worker.beat();
    return this;
  }

  /** A single-shot timer, because how soon it is needed changes. */
  private Behavior<WorkerCommand> keepTicking() {
    long now = System.nanoTime();
    OptionalLong next = worker.nextTickNanos(now);
    if (worker.isRetired()) {
      if (mayEnd.getAsBoolean()) {
        end();
      } else {
        next = OptionalLong.of(now + LinkSettings.TICK.toNanos());
      }
    }
    if (next.isPresent()
        && (!timers.isTimerActive(Tick.INSTANCE) || next.getAsLong() - tickNanos < 0)) {
      Duration delay = LinkSettings.timer(next.getAsLong() - now);
      tickNanos = now + delay.toNanos();
      timers.startSingleTimer(Tick.INSTANCE, Tick.INSTANCE, delay);
    }
    return this;
  }

  /** On a thread of its own, because shutdown hooks may take their time. */
  private static void end() {
    Thread thread = new Thread(() -> System.exit(0), "retire");
    thread.setDaemon(true);
    thread.start();
  }
}
