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
    return SampleMessages.all(kit);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void comesOutAsItWentIn(Wire message) {
    Wire arrived = kit.serializationTestKit().verifySerialization(message, false);

    assertThat(arrived).usingRecursiveComparison().isEqualTo(message);
  }

  @Test
  void aUsersMessageNeedNotBeProperText() {
    assertThat(new Progress(1, 2, 3, "half a pair: \ud83d").message()).isEqualTo("half a pair: ?");
    assertThat(new Progress(1, 2, 3, "x".repeat(255) + "\ud83d\ude00").message())
        .isEqualTo("x".repeat(255) + "?");
    assertThat(new Progress(1, 2, 3, "whole: \ud83d\ude00").message())
        .isEqualTo("whole: \ud83d\ude00");
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
