package taskpool.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message that leaves a process comes out of the wire as it went in. */
class WireTest {
  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit =
        ActorTestKit.create(
            "wire",
            ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = OFF")
                .withFallback(ConfigFactory.parseResources("taskpool-akka.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  static List<Wire> messages() {
    byte[] some = {1, 2, 3};
    Header header = new Header(7, 5);
    Chunk chunk = new Chunk(9, 100, some);
    Progress progress = new Progress(4, 1, 2, "half, 半");
    Outcome outcome = new Outcome(4, Outcome.Kind.MIXED, some);
    CancelAnswer answer = new CancelAnswer(4, true);
    Cancel cancel = new Cancel(4, false);
    return List.of(
        new CoordinatorCommand.RegisterWorker(
            new WorkerInfo(3, 4711, "host", 2), kit.<WorkerCommand>createTestProbe().ref()),
        new CoordinatorCommand.FromWorker(
            3,
            header,
            new WorkerBatch(
                List.of(progress),
                List.of(chunk),
                List.of(outcome, outcome.withPayload(null)),
                List.of(answer),
                List.of(1L, 1L << 40),
                12)),
        new CoordinatorCommand.FromWorker(3, new Header(0, 5), null),
        new CoordinatorCommand.OpenSession(1, kit.<ClientCommand>createTestProbe().ref()),
        new CoordinatorCommand.FromClient(
            1,
            header,
            new ClientBatch(
                List.of(some),
                List.of(chunk),
                List.of(new Submission(8, 0, true, some), new Submission(9, 0, false, null)),
                List.of(cancel))),
        new WorkerCommand.FromCoordinator(
            header,
            new LeaseBatch(
                List.of(some),
                List.of(chunk),
                List.of(
                    new Lease(1L << 50, 1, 8, 2, 0, false, some),
                    new Lease(2, 1, 9, 1, 0, true, null)),
                List.of(cancel))),
        new ClientCommand.FromCoordinator(
            header,
            new CompletionBatch(
                List.of(progress), List.of(chunk), List.of(outcome), List.of(answer))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void comesOutAsItWentIn(Wire message) {
    Wire arrived = kit.serializationTestKit().verifySerialization(message, false);

    assertThat(arrived).usingRecursiveComparison().isEqualTo(message);
  }

  @Test
  void everyMessageIsTried() {
    List<Class<?>> onTheWire =
        Stream.of(CoordinatorCommand.class, WorkerCommand.class, ClientCommand.class)
            .flatMap(protocol -> Arrays.stream(protocol.getPermittedSubclasses()))
            .filter(Wire.class::isAssignableFrom)
            .<Class<?>>map(message -> message)
            .toList();

    assertThat(messages().stream().<Class<?>>map(Wire::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(onTheWire);
  }
}
