package taskpool.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import taskpool.error.PoolClosedException;
import taskpool.link.LinkSettings;
import taskpool.node.Handoff;
import taskpool.node.Post;
import taskpool.protocol.ClientCommand;
import taskpool.protocol.CoordinatorCommand;

/**
 * The client's end of the wire: carries tasks from the submitting threads to the coordinator and
 * outcomes back to their handles. What it decides is in {@link ClientSession}. It ends when there
 * is no coordinator any more.
 */
public final class SessionActor extends AbstractBehavior<ClientCommand> {

  /** Threads have left requests in the hand-off. */
  enum RequestsWaiting implements ClientCommand.Internal {
    INSTANCE
  }

  private enum Tick implements ClientCommand.Internal {
    INSTANCE
  }

  /** A coordinator that is there answers at once. */
  private static final long ANSWER_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Handoff<ClientSession> requests;
  private final ClientSession session;
  private final long startNanos = System.nanoTime();
  private final TimerScheduler<ClientCommand> timers;
  private final Runnable open;
  private final Supplier<RuntimeException> whyEnded;
  private final Runnable ended;
  private boolean answered;

  /**
   * Creates it.
   *
   * @param whyEnded asked when it is stopped from outside
   * @param ended called when it has ended and answers no message any more
   */
  static Behavior<ClientCommand> create(
      Post post,
      int session,
      ActorRef<CoordinatorCommand> coordinator,
      LinkSettings settings,
      Handoff<ClientSession> requests,
      Supplier<RuntimeException> whyEnded,
      Runnable ended) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SessionActor(
                        context,
                        timers,
                        post,
                        session,
                        coordinator,
                        settings,
                        requests,
                        whyEnded,
                        ended)));
  }

  private SessionActor(
      ActorContext<ClientCommand> context,
      TimerScheduler<ClientCommand> timers,
      Post post,
      int id,
      ActorRef<CoordinatorCommand> coordinator,
      LinkSettings settings,
      Handoff<ClientSession> requests,
      Supplier<RuntimeException> whyEnded,
      Runnable ended) {
    super(context);
    this.whyEnded = whyEnded;
    this.ended = ended;
    this.timers = timers;
    this.requests = requests;
    this.session =
        new ClientSession(
            settings,
            (header, batch) ->
                post.tell(coordinator, new CoordinatorCommand.FromClient(id, header, batch)));
    this.open =
        () ->
            post.tell(
                coordinator,
                new CoordinatorCommand.OpenSession(
                    id, ProcessHandle.current().pid(), context.getSelf()));
    context.watch(coordinator);
    open.run();
    keepTicking();
  }

  @Override
  public Receive<ClientCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(ClientCommand.FromCoordinator.class, this::onFromCoordinator)
        .onMessage(ClientCommand.CoordinatorEnded.class, this::onCoordinatorEnded)
        .onMessageEquals(RequestsWaiting.INSTANCE, this::onRequestsWaiting)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onSignal(Terminated.class, terminated -> onCoordinatorGone())
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<ClientCommand> onFromCoordinator(ClientCommand.FromCoordinator message) {
    answered = true;
    session.receive(message.header(), message.batch(), System.nanoTime());
    keepTicking();
    return this;
  }

  private Behavior<ClientCommand> onRequestsWaiting() {
    requests.drainTo(session);
    session.flush(System.nanoTime());
    keepTicking();
    return this;
  }

  private Behavior<ClientCommand> onTick() {
    if (!answered) {
      if (System.nanoTime() - startNanos >= ANSWER_LIMIT_NANOS) {
        return end(new PoolClosedException("the pool does not answer: it has been closed"));
      }
      open.run();
    }
    session.tick(System.nanoTime());
    if (answered && session.atRest()) {
      timers.cancel(Tick.INSTANCE);
    }
    return this;
  }

  private Behavior<ClientCommand> onCoordinatorEnded(ClientCommand.CoordinatorEnded message) {
    return end(new PoolClosedException(message.reason()));
  }

  /** Nobody is left who could end the tasks. */
  private Behavior<ClientCommand> onCoordinatorGone() {
    return end(new IllegalStateException("the pool's coordinator has ended unexpectedly"));
  }

  private Behavior<ClientCommand> end(RuntimeException reason) {
    session.abandon(reason);
    return Behaviors.stopped();
  }

  private Behavior<ClientCommand> onStopped() {
    session.abandon(whyEnded.get());
    requests.wakeBy(this::drainAfterEnd);
    drainAfterEnd();
    ended.run();
    return this;
  }

  /** What is still asked for is answered by the threads that ask. */
  private synchronized void drainAfterEnd() {
    requests.drainTo(session);
  }

  private void keepTicking() {
    if (!timers.isTimerActive(Tick.INSTANCE)) {
      timers.startTimerWithFixedDelay(Tick.INSTANCE, Tick.INSTANCE, LinkSettings.TICK);
    }
  }
}
