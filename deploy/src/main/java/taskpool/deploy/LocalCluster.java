package taskpool.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import taskpool.Call;
import taskpool.PoolSettings;
import taskpool.TaskPool;
import taskpool.client.KnownPools;
import taskpool.client.PoolOwner;
import taskpool.client.PoolReference;
import taskpool.client.SessionPool;
import taskpool.codec.EncodedCall;
import taskpool.coordinator.Coordinator;
import taskpool.coordinator.CoordinatorActor;
import taskpool.coordinator.WorkerListener;
import taskpool.link.LinkSettings;
import taskpool.node.Node;
import taskpool.payload.PayloadFolder;
import taskpool.payload.Payloads;
import taskpool.protocol.CoordinatorCommand;
import taskpool.protocol.LostWorker;
import taskpool.worker.WorkerBoot;
import taskpool.worker.WorkerLimits;
import taskpool.worker.host.HostAgent;
import taskpool.worker.host.JvmCommandLine;

/**
 * A cluster of this process and its worker JVMs: the coordinator and the host agent live here. The
 * worker processes are started first and come up while this process does.
 */
final class LocalCluster implements PoolOwner, HostAgent.Listener, WorkerListener {
  private static final long TERMINATION_SECONDS = 5;

  private final PoolSettings settings;
  private final HostAgent host;
  private final Optional<PayloadFolder> payloads;
  private final ActorSystem<Void> system;
  private final ActorRef<CoordinatorCommand> coordinator;
  private final SessionPool pool;
  private final PoolReference reference;
  private final ClientWatch clients = new ClientWatch(this::clientExited);
  private final Thread exitHook;
  private final CompletableFuture<@Nullable Void> killed = new CompletableFuture<>();

  /**
   * Starts it; the workers come up in the background.
   *
   * @throws UncheckedIOException if no process can be started
   * @throws IllegalStateException if this program is ending
   */
  static LocalCluster start(PoolSettings settings) {
    Optional<EncodedCall> initializer = settings.initializer().map(LocalCluster::encode);
    HostAgent host =
        new HostAgent(
            settings.workers(),
            settings.spareWorkers(),
            new JvmCommandLine(settings.workerHeap(), settings.jvmOptions()),
            settings.outputPrefix(),
            settings.startTimeout(),
            settings.submission().name());
    Optional<PayloadFolder> payloads = PayloadFolder.create();
    Thread exitHook = new Thread(() -> end(host, payloads), settings.submission().name() + "-exit");
    Node node = null;
    try {
      addHook(exitHook);
      host.start();
      PayloadFolder.sweep();
      node = Node.start(List.of("coordinator", "client", "host"));
      return new LocalCluster(settings, host, payloads, exitHook, node, initializer);
    } catch (IOException e) {
      undo(host, payloads, exitHook, node);
      throw new UncheckedIOException("no worker process can be started", e);
    } catch (RuntimeException | Error e) {
      undo(host, payloads, exitHook, node);
      throw e;
    }
  }

  private static void end(HostAgent host, Optional<PayloadFolder> payloads) {
    host.kill();
    payloads.ifPresent(PayloadFolder::remove);
  }

  private static void undo(
      HostAgent host, Optional<PayloadFolder> payloads, Thread exitHook, @Nullable Node node) {
    host.abort();
    payloads.ifPresent(PayloadFolder::remove);
    removeHook(exitHook);
    if (node != null) {
      node.system().terminate();
    }
  }

  private static EncodedCall encode(Call<?> call) {
    return EncodedCall.of(call.closure(), call.arguments());
  }

  private LocalCluster(
      PoolSettings settings,
      HostAgent host,
      Optional<PayloadFolder> payloads,
      Thread exitHook,
      Node node,
      Optional<EncodedCall> initializer) {
    this.settings = settings;
    this.host = host;
    this.payloads = payloads;
    this.exitHook = exitHook;
    this.system = node.system();
    payloads.ifPresent(folder -> node.listen(folder.socket()));
    node.joinSoon(node.address());
    this.coordinator =
        system.systemActorOf(
            CoordinatorActor.create(node, heartbeat(), this), "coordinator", Props.empty());
    this.pool =
        new SessionPool(
            node,
            coordinator,
            LinkSettings.local(),
            ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE),
            settings.submission(),
            payloads.map(PayloadFolder::ofClient).orElseGet(Payloads::inMessages),
            this);
    String path = ActorRefResolver.get(system).toSerializationFormat(coordinator);
    this.reference =
        new PoolReference(
            settings.submission().name(),
            path,
            workers(),
            slots(),
            payloads.map(PayloadFolder::path).map(Path::toString));
    KnownPools.add(path, this::pool, pool::isIdle);
    host.supervise(
        number ->
            new WorkerBoot(
                number,
                path,
                settings.slotsPerWorker(),
                settings.workers(),
                new WorkerLimits(
                    settings.cancelGrace(), settings.tasksPerWorker(), settings.maxWorkerHeap()),
                heartbeat(),
                payloads.map(PayloadFolder::path),
                initializer),
        this);
  }

  /** So often workers say that they live: several times before they are given up. */
  private Duration heartbeat() {
    return settings.unresponsiveAfter().dividedBy(Coordinator.MAX_SILENCES);
  }

  TaskPool pool() {
    return pool;
  }

  @Override
  public PoolReference reference() {
    return reference;
  }

  @Override
  public int workers() {
    return settings.workers();
  }

  @Override
  public int slots() {
    return settings.workers() * settings.slotsPerWorker();
  }

  @Override
  public boolean mayStop() {
    return true;
  }

  @Override
  public void stop() throws InterruptedException {
    CompletableFuture<@Nullable Void> idle = new CompletableFuture<>();
    coordinator.tell(new CoordinatorActor.AwaitIdle(idle));
    try {
      CompletableFuture.anyOf(idle, killed).get();
    } catch (ExecutionException e) {
      throw new AssertionError("neither ever fails", e);
    }
    try {
      host.stop();
    } finally {
      KnownPools.remove(reference.coordinator());
      clients.close();
      payloads.ifPresent(PayloadFolder::remove);
      terminateSystem();
      removeHook(exitHook);
    }
  }

  @Override
  public void coordinatorEnded() {
    killed.complete(null);
  }

  @Override
  public void kill() {
    killed.complete(null);
    host.kill();
  }

  private void terminateSystem() throws InterruptedException {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(TERMINATION_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      system.log().warn("the actor system did not end in good order", e);
    }
  }

  private static void addHook(Thread exitHook) {
    try {
      Runtime.getRuntime().addShutdownHook(exitHook);
    } catch (IllegalStateException exiting) {
      throw new IllegalStateException(
          "this program is ending: it can't start a pool any more", exiting);
    }
  }

  private static void removeHook(Thread exitHook) {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException exiting) {
      // then it runs, and finds nothing to do
    }
  }

  @Override
  public void workerExited(int worker, LostWorker details) {
    payloads.ifPresent(folder -> folder.tidyAfter(worker));
    coordinator.tell(new CoordinatorActor.WorkerExited(worker, details));
  }

  @Override
  public void gaveUp(LostWorker last) {
    coordinator.tell(new CoordinatorActor.NoWorkers(last));
  }

  @Override
  public void registered(int worker) {
    host.ready(worker);
  }

  @Override
  public boolean breakDeadlock(String circle) {
    if (settings.reportDeadlocks()) {
      LoggerFactory.getLogger(LocalCluster.class).warn("deadlock: {}", circle);
    }
    return !settings.reportDeadlocks();
  }

  @Override
  public void sessionOpened(int session, long pid) {
    if (pid == ProcessHandle.current().pid()) {
      return; // a second end in this process, which no end of a process is to be told of
    }
    clients.add(session, pid);
  }

  private void clientExited(int session, long pid) {
    payloads.ifPresent(folder -> folder.tidyAfterProcess(pid));
    coordinator.tell(new CoordinatorActor.ClientExited(session));
  }

  @Override
  public void kill(int worker) {
    host.kill(worker);
  }
}
