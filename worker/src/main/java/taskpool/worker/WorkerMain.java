package taskpool.worker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Props;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.SigInt;
import taskpool.client.KnownPools;
import taskpool.codec.EncodedCall;
import taskpool.codec.RemoteFunction;
import taskpool.node.Handoff;
import taskpool.node.Node;
import taskpool.payload.PayloadFolder;
import taskpool.payload.Payloads;
import taskpool.process.ProcessMark;
import taskpool.process.ProcessTree;
import taskpool.protocol.CoordinatorCommand;
import taskpool.protocol.LostWorker;
import taskpool.protocol.WorkerCommand;
import taskpool.protocol.WorkerInfo;
import taskpool.spi.CurrentProcess;

/**
 * The main class of a worker JVM. It is told what to do over standard input, joins the cluster,
 * runs tasks, and ends when its standard input does: that is how a parent asks it to, and how it
 * learns that its parent is dead.
 */
public final class WorkerMain {
  /** The exit code when the initializer failed. */
  public static final int INITIALIZER_FAILED = 3;

  /** The exit code when the cluster has put the worker out. */
  private static final int PUT_OUT = 4;

  /** The exit code when shutdown hooks took longer than {@link #EXIT_LIMIT}. */
  private static final int EXIT_CUT_SHORT = 6;

  /**
   * How long shutdown hooks may take. One of a task's that waits for the task that exits would wait
   * for ever.
   */
  private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

  private WorkerMain() {}

  /** Runs the worker; takes no arguments. */
  public static void main(String[] args) throws InterruptedException {
    CompletableFuture<WorkerBoot> boot =
        ParentLink.listen(System.in, WorkerBoot::readFrom, WorkerMain::clearUpAtExit);
    StandardStreams.install();
    Runtime.getRuntime().addShutdownHook(new Thread(ProcessTree::killDescendants, "descendants"));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ExitLimit.start(EXIT_LIMIT, EXIT_CUT_SHORT, WorkerMain::sayCutShort),
                "exit-limit"));
    SigInt.register(() -> {}); // Ctrl-C is for the parent, which then ends this process
    Node node = Node.start(List.of("worker"));
    start(node, boot.join());
    node.system().getWhenTerminated().toCompletableFuture().join();
    System.exit(PUT_OUT);
  }

  private static void sayCutShort() {
    System.err.println(
        "the shutdown hooks of this worker took more than " + EXIT_LIMIT + ": it is halted");
  }

  /**
   * What the parent would have seen to; but unlike that it can't do so after this process, so what
   * a task starts after its programs were killed is left.
   */
  private static void clearUpAtExit(WorkerBoot boot) {
    atExit("leftovers", () -> ProcessMark.own().ifPresent(ProcessMark::killAll));
    boot.payloads().ifPresent(path -> atExit("payloads", PayloadFolder.at(path)::removeIfOrphaned));
  }

  private static void atExit(String name, Runnable work) {
    Thread hook = new Thread(work, name);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      hook.start();
    }
  }

  private static void start(Node node, WorkerBoot boot) throws InterruptedException {
    ActorRef<CoordinatorCommand> coordinator =
        ActorRefResolver.get(node.system()).resolveActorRef(boot.coordinator());
    boot.payloads()
        .ifPresent(
            path -> node.connect(PayloadFolder.at(path).socket(), coordinator.path().address()));

    WorkerInfo info =
        new WorkerInfo(boot.number(), ProcessHandle.current().pid(), hostName(), boot.slots());
    CurrentProcess.set(new CurrentProcess.Self(info.name(), "", false, 0, Optional.empty()));
    OwnPool pool = new OwnPool(node, coordinator, boot);
    KnownPools.add(boot.coordinator(), pool::get, pool::isIdle);
    Handoff<Worker> reports = new Handoff<>();
    TaskRunner runner =
        new TaskRunner(
            info,
            WorkerMain.class.getClassLoader(),
            boot.payloads()
                .map(path -> PayloadFolder.at(path).ofWorker(boot.number()))
                .orElseGet(Payloads::inMessages),
            pool::get,
            reports::add,
            new HeapGuard(boot.limits().heapPercent()));
    SlotThreads slots =
        SlotThreads.start(
            boot.slots(),
            runner,
            new SlotReports(reports),
            () -> boot.initializer().ifPresent(WorkerMain::initialize));
    ActorRef<WorkerCommand> actor =
        node.system()
            .systemActorOf(
                WorkerActor.create(
                    node, info, coordinator, boot, slots, reports, KnownPools::allIdle),
                "worker",
                Props.empty());
    reports.wakeBy(() -> actor.tell(WorkerActor.ReportsWaiting.INSTANCE));
    // not before the initializer has run: who never registers must not be a member
    node.joinSoon(coordinator.path().address());
  }

  private static void initialize(EncodedCall initializer) {
    try {
      RemoteFunction function = initializer.resolve(WorkerMain.class.getClassLoader());
      function.invoke(initializer.readArguments(function));
    } catch (Throwable e) {
      System.err.println(LostWorker.INITIALIZER_FAILED + String.valueOf(e).replace('\n', ' '));
      e.printStackTrace();
      System.exit(INITIALIZER_FAILED);
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
