package taskpool.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import taskpool.Call;
import taskpool.ResultIterator;
import taskpool.TaskHandle;
import taskpool.TaskOptions;
import taskpool.TaskPool;
import taskpool.client.executor.PoolTask;
import taskpool.client.sync.SessionObjects;
import taskpool.error.PoolClosedException;
import taskpool.function.Args;
import taskpool.function.Function1;
import taskpool.node.Node;
import taskpool.payload.PayloadFolder;
import taskpool.payload.Payloads;
import taskpool.protocol.CoordinatorCommand;

/**
 * A pool that was sent to this process. The first task opens a session of its own, for which an
 * actor system is started, which ends with the pool; until then it costs nothing. Thread-safe.
 *
 * <p>The process is no member of the pool's cluster: what ends on one side is told, or seen by its
 * process id, to the other.
 */
final class ReferredPool extends SharingPool {
  private final PoolReference reference;
  private final SessionObjects objects;
  private volatile @Nullable SessionPool session;

  ReferredPool(PoolReference reference) {
    this.reference = reference;
    this.objects = new SessionObjects(() -> session().calls(), () -> reference);
  }

  @Override
  SessionObjects objects() {
    return objects;
  }

  PoolReference reference() {
    return reference;
  }

  @Override
  public TaskOptions options() {
    return session().options();
  }

  @Override
  synchronized SessionPool session() {
    SessionPool open = session;
    if (open == null) {
      open = open();
      session = open;
    }
    return open;
  }

  /** Whether no task of this process is unfinished there. Does not block. */
  boolean isIdle() {
    SessionPool open = session;
    return open == null || open.isIdle();
  }

  private SessionPool open() {
    Optional<PayloadFolder> folder = reference.payloads().map(Path::of).map(PayloadFolder::at);
    if (folder.isPresent() && !Files.exists(folder.get().path())) {
      throw new PoolClosedException("the pool has been closed by the program that opened it");
    }
    Node node = Node.start(List.of("client"));
    try {
      SessionPool opened = open(node, folder);
      CompletableFuture<?> unused = opened.sessionEnd().thenRun(() -> forget(node));
      return opened;
    } catch (RuntimeException | Error e) {
      node.system().terminate();
      throw e;
    }
  }

  private SessionPool open(Node node, Optional<PayloadFolder> folder) {
    ActorRef<CoordinatorCommand> coordinator =
        ActorRefResolver.get(node.system()).resolveActorRef(reference.coordinator());
    folder.ifPresent(at -> node.connect(at.socket(), coordinator.path().address()));
    Payloads payloads =
        folder
            .map(at -> at.ofProcess(ProcessHandle.current().pid()))
            .orElseGet(Payloads::inMessages);
    return SessionPool.borrowed(node, coordinator, reference, payloads);
  }

  private void forget(Node node) {
    node.system().terminate();
    KnownPools.remove(this);
  }

  @Override
  public int workers() {
    return reference.workers();
  }

  @Override
  public TaskPool with(TaskOptions options) {
    return new OptionsView(session(), objects, options);
  }

  @Override
  public <R extends @Nullable Object> PoolTask<R> applyAsync(Call<R> call) {
    return session().applyAsync(call);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items) {
    return session().mapAsync(function, items);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<List<R>> mapAsync(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return session().mapAsync(function, items, chunkSize);
  }

  @Override
  public <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls) {
    return session().starmapAsync(function, calls);
  }

  @Override
  public <R extends @Nullable Object> TaskHandle<List<R>> starmapAsync(
      Call<R> function, Iterable<? extends Args> calls, int chunkSize) {
    return session().starmapAsync(function, calls, chunkSize);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return session().imap(function, items, chunkSize);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      Function1<? super A, ? extends R> function, Iterable<? extends A> items, int chunkSize) {
    return session().imapUnordered(function, items, chunkSize);
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public void shutdown() {
    throw PoolOwner.notTheOwner();
  }

  @Override
  public void join() {
    throw PoolOwner.notTheOwner();
  }

  @Override
  public boolean join(Duration timeout) {
    throw PoolOwner.notTheOwner();
  }

  @Override
  public void terminate() {
    throw PoolOwner.notTheOwner();
  }

  @Override
  public void close() {
    throw PoolOwner.notTheOwner();
  }
}
