package taskpool.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import taskpool.protocol.Chunk;
import taskpool.protocol.Header;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.WorkerCommand;

/** Two nodes in one process; what one sends is counted where it arrives. */
@Timeout(60)
class HostSocketTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final Node listening = Node.start(List.of("test"));
  private final Node connecting = Node.start(List.of("test"));
  private final Queue<WorkerCommand> arrived = new ConcurrentLinkedQueue<>();
  private Path socket;
  private ActorRef<WorkerCommand> here;

  /** {@link #here} as the other node knows it. */
  private ActorRef<WorkerCommand> there;

  @BeforeEach
  void start() {
    socket = folder.resolve("socket");
    here = listening.system().systemActorOf(collector(), "collector", Props.empty());
    there =
        ActorRefResolver.get(connecting.system())
            .resolveActorRef(ActorRefResolver.get(listening.system()).toSerializationFormat(here));
  }

  private Behavior<WorkerCommand> collector() {
    return Behaviors.receiveMessage(
        message -> {
          arrived.add(message);
          return Behaviors.same();
        });
  }

  @AfterEach
  void stop() throws Exception {
    for (Node node : List.of(listening, connecting)) {
      node.system().terminate();
      node.system().getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private void connect() {
    listening.listen(socket);
    connecting.connect(socket, listening.address());
  }

  /** Sends from an actor's thread, as is due. */
  private void send(long from, long to, int bytes) {
    connecting
        .system()
        .executionContext()
        .execute(
            () ->
                LongStream.rangeClosed(from, to)
                    .forEach(number -> connecting.tell(there, message(number, bytes))));
  }

  private static WorkerCommand.FromCoordinator message(long number, int bytes) {
    return new WorkerCommand.FromCoordinator(
        new Header(number, 0),
        new LeaseBatch(
            List.of(), List.of(new Chunk(number, bytes, new byte[bytes])), List.of(), List.of()));
  }

  private List<Long> numbers() {
    return arrived.stream()
        .map(message -> ((WorkerCommand.FromCoordinator) message).header().sequence())
        .toList();
  }

  private void awaitArrived(int count) {
    Awaitility.await().atMost(LIMIT).until(() -> arrived.size() >= count);
  }

  @Test
  void bringsEverythingInOrder() {
    connect();
    send(1, 20_000, 10);
    awaitArrived(20_000);

    assertThat(numbers())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 20_000).boxed().toList());
  }

  @Test
  void bringsFramesLargerThanItsBuffers() {
    connect();
    send(1, 30, 300_000);
    awaitArrived(30);

    assertThat(numbers()).containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    assertThat(arrived)
        .allSatisfy(
            message ->
                assertThat(
                        ((WorkerCommand.FromCoordinator) message).batch().chunks().get(0).bytes())
                    .hasSize(300_000));
  }

  @Test
  void dropsInsteadOfGatheringWithoutEnd() {
    connect();
    CountDownLatch sent = new CountDownLatch(1);
    listening.system().executionContext().execute(() -> await(sent)); // nothing is read meanwhile
    send(1, 400, 100_000);
    connecting.system().executionContext().execute(sent::countDown);
    awaitArrived(100);
    send(1_000, 1_000, 10);
    Awaitility.await().atMost(LIMIT).until(() -> numbers().contains(1_000L));

    assertThat(arrived).hasSizeLessThan(401);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void arteryServesWhoCannotConnect() {
    connecting.connect(socket, listening.address());
    send(1, 10, 10);
    awaitArrived(10);

    assertThat(numbers()).hasSize(10);
  }

  @Test
  void arteryServesWhenTheOtherEndListensNoMore() throws Exception {
    connect();
    send(1, 1, 10);
    awaitArrived(1);
    listening.closeSocket();
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              send(2, 2, 10);
              return numbers().contains(2L);
            });
  }

  @Test
  void noiseEndsAConnectionAndNoOther() throws Exception {
    connect();
    try (SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      stranger.write(ByteBuffer.allocate(64).putInt(0, 3).put(4, (byte) 77));
      assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    try (SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      stranger.write(ByteBuffer.allocate(4).putInt(0, Integer.MAX_VALUE));
      assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    send(1, 10, 300_000); // too large for Artery
    awaitArrived(10);
  }

  @Test
  void whoHasEndedHoldsNoConnection() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      connecting.system().terminate();
      connecting.system().getWhenTerminated().toCompletableFuture().get();
      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                connecting.connect(socket, listening.address());
                try (SocketChannel accepted = server.accept()) {
                  accepted.configureBlocking(false);
                  assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                }
              });
    }
  }

  @Test
  void aPathThatCannotBeASocketDoesNoHarm() throws Exception {
    Path tooLong = Files.createDirectories(folder.resolve("x".repeat(120))).resolve("socket");
    listening.listen(tooLong);
    connecting.connect(tooLong, listening.address());
    send(1, 10, 10);
    awaitArrived(10);
  }
}
