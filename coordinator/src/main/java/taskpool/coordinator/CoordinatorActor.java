package taskpool.coordinator;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberDowned;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Subscribe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import taskpool.link.LinkSettings;
import taskpool.node.Post;
import taskpool.protocol.ClientCommand;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.CoordinatorCommand;
import taskpool.protocol.Header;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.LostWorker;
import taskpool.protocol.WorkerCommand;

/**
 * The coordinator's end of the wire: turns messages into events for {@link Coordinator} and its
 * effects into messages, and learns from the cluster which processes are gone.
 */
public final class CoordinatorActor extends AbstractBehavior<CoordinatorCommand>
    implements Coordinator.Port {

  /** A worker's process has ended; from the host that watches it. */
  public record WorkerExited(int worker, LostWorker details)
      implements CoordinatorCommand.Internal {}

  /** A client's process has ended; from the host that watches it. */
  public record ClientExited(int session) implements CoordinatorCommand.Internal {}

  /** No worker can be started any more; from the host that tries. */
  public record NoWorkers(LostWorker reason) implements CoordinatorCommand.Internal {}

  /** Completes {@code idle} once no task is queued or leased. */
  public record AwaitIdle(CompletableFuture<@Nullable Void> idle)
      implements CoordinatorCommand.Internal {}

  private record NodeGone(Address address) implements CoordinatorCommand.Internal {}

  private enum Tick implements CoordinatorCommand.Internal {
    INSTANCE
  }

  private enum Due implements CoordinatorCommand.Internal {
    INSTANCE
  }

  private enum Listen implements CoordinatorCommand.Internal {
    INSTANCE
  }

  private final TimerScheduler<CoordinatorCommand> timers;
  private final Post post;
  private final WorkerListener listener;
  private final Coordinator coordinator;
  private final Cluster cluster;
  private final Map<Integer, ActorRef<WorkerCommand>> workers = new HashMap<>();
  private final Map<Integer, ActorRef<ClientCommand>> sessions = new HashMap<>();
  private final List<CompletableFuture<@Nullable Void>> awaitingIdle = new ArrayList<>();

  /**
   * Creates the behavior.
   *
   * @param heartbeat how often workers say that they live
   */
  public static Behavior<CoordinatorCommand> create(
      Post post, Duration heartbeat, WorkerListener listener) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new CoordinatorActor(context, timers, post, heartbeat, listener)));
  }

  private CoordinatorActor(
      ActorContext<CoordinatorCommand> context,
      TimerScheduler<CoordinatorCommand> timers,
      Post post,
      Duration heartbeat,
      WorkerListener listener) {
    super(context);
    this.timers = timers;
    this.post = post;
    this.listener = listener;
    this.coordinator = new Coordinator(LinkSettings.remote(), new SplittableRandom(), this);
    this.cluster = Cluster.get(context.getSystem());
    ActorRef<MemberEvent> members =
        context.messageAdapter(MemberEvent.class, event -> new NodeGone(event.member().address()));
    cluster.subscriptions().tell(Subscribe.create(members.narrow(), MemberDowned.class));
    cluster.subscriptions().tell(Subscribe.create(members.narrow(), MemberRemoved.class));
    timers.startTimerWithFixedDelay(Listen.INSTANCE, Listen.INSTANCE, heartbeat);
  }

  @Override
  public Receive<CoordinatorCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(CoordinatorCommand.FromClient.class, this::onFromClient)
        .onMessage(CoordinatorCommand.FromWorker.class, this::onFromWorker)
        .onMessage(CoordinatorCommand.OpenSession.class, this::onOpenSession)
        .onMessage(CoordinatorCommand.RegisterWorker.class, this::onRegisterWorker)
        .onMessage(WorkerExited.class, this::onWorkerExited)
        .onMessage(ClientExited.class, this::onClientExited)
        .onMessage(NodeGone.class, this::onNodeGone)
        .onMessage(NoWorkers.class, this::onNoWorkers)
        .onMessage(AwaitIdle.class, this::onAwaitIdle)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onMessageEquals(Due.INSTANCE, this::onDue)
        .onMessageEquals(Listen.INSTANCE, this::onListen)
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<CoordinatorCommand> onFromClient(CoordinatorCommand.FromClient message) {
    coordinator.fromClient(message.session(), message.header(), message.batch(), System.nanoTime());
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onFromWorker(CoordinatorCommand.FromWorker message) {
    coordinator.fromWorker(message.worker(), message.header(), message.batch(), System.nanoTime());
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onOpenSession(CoordinatorCommand.OpenSession message) {
    ActorRef<ClientCommand> client = message.replyTo();
    sessions.put(message.session(), client);
    boolean local = client.path().address().hasLocalScope();
    coordinator.openSession(
        message.session(), local ? LinkSettings.local() : LinkSettings.remote(), System.nanoTime());
    if (!local) {
      listener.sessionOpened(message.session(), message.pid());
    }
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onRegisterWorker(CoordinatorCommand.RegisterWorker message) {
    int number = message.worker().number();
    workers.put(number, message.replyTo());
    if (coordinator.registerWorker(message.worker(), System.nanoTime())) {
      listener.registered(number);
    } else {
      workers.remove(number);
    }
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onWorkerExited(WorkerExited message) {
    ActorRef<WorkerCommand> worker = workers.remove(message.worker());
    coordinator.workerLost(message.worker(), message.details(), System.nanoTime());
    if (worker != null) {
      Address address = worker.path().address();
      closeSessionsOf(address);
      cluster.manager().tell(new Down(address));
    }
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onClientExited(ClientExited message) {
    sessions.remove(message.session());
    coordinator.closeSession(message.session(), System.nanoTime());
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onNodeGone(NodeGone message) {
    for (Map.Entry<Integer, ActorRef<WorkerCommand>> worker : Map.copyOf(workers).entrySet()) {
      if (worker.getValue().path().address().equals(message.address())) {
        int number = worker.getKey();
        workers.remove(number);
        coordinator.workerUnresponsive(number, System.nanoTime());
      }
    }
    closeSessionsOf(message.address());
    return afterEvent();
  }

  private void closeSessionsOf(Address address) {
    for (Map.Entry<Integer, ActorRef<ClientCommand>> session : Map.copyOf(sessions).entrySet()) {
      if (session.getValue().path().address().equals(address)) {
        sessions.remove(session.getKey());
        coordinator.closeSession(session.getKey(), System.nanoTime());
      }
    }
  }

  private Behavior<CoordinatorCommand> onNoWorkers(NoWorkers message) {
    coordinator.giveUp(message.reason(), System.nanoTime());
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onAwaitIdle(AwaitIdle message) {
    awaitingIdle.add(message.idle());
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onStopped() {
    ClientCommand.CoordinatorEnded ended =
        new ClientCommand.CoordinatorEnded(
            "the pool has been closed by the program that opened it");
    sessions.values().stream()
        .filter(client -> !client.path().address().hasLocalScope())
        .forEach(client -> post.tell(client, ended));
    listener.coordinatorEnded();
    return this;
  }

  private Behavior<CoordinatorCommand> onTick() {
    coordinator.tick(System.nanoTime());
    if (coordinator.atRest()) {
      timers.cancel(Tick.INSTANCE);
      wakeWhenDue();
    }
    return this;
  }

  /** While there is nothing else to do, only the next delayed task is waited for. */
  private void wakeWhenDue() {
    coordinator
        .nextDueNanos()
        .ifPresent(
            due ->
                timers.startSingleTimer(
                    Due.INSTANCE, Due.INSTANCE, LinkSettings.timer(due - System.nanoTime())));
  }

  private Behavior<CoordinatorCommand> onDue() {
    coordinator.tick(System.nanoTime());
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> onListen() {
    coordinator.listen(System.nanoTime());
    return afterEvent();
  }

  private Behavior<CoordinatorCommand> afterEvent() {
    if (!awaitingIdle.isEmpty() && coordinator.isIdle()) {
      awaitingIdle.forEach(idle -> idle.complete(null));
      awaitingIdle.clear();
    }
    if (!timers.isTimerActive(Tick.INSTANCE)) {
      timers.startTimerWithFixedDelay(Tick.INSTANCE, Tick.INSTANCE, LinkSettings.TICK);
    }
    return this;
  }

  @Override
  public void toWorker(int worker, Header header, @Nullable LeaseBatch batch) {
    ActorRef<WorkerCommand> to = workers.get(worker);
    if (to != null) {
      post.tell(to, new WorkerCommand.FromCoordinator(header, batch));
    }
  }

  @Override
  public boolean breakDeadlock(String circle) {
    return listener.breakDeadlock(circle);
  }

  @Override
  public void kill(int worker) {
    listener.kill(worker);
  }

  @Override
  public void toClient(int session, Header header, @Nullable CompletionBatch batch) {
    ActorRef<ClientCommand> to = sessions.get(session);
    if (to != null) {
      post.tell(to, new ClientCommand.FromCoordinator(header, batch));
    }
  }
}
