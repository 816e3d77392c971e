package taskpool.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRefResolver;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taskpool.protocol.SampleMessages;
import taskpool.protocol.Wire;

class MessageCodecTest {
  private static ActorTestKit kit;
  private static MessageCodec codec;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create("codec", ConfigFactory.parseString("akka.loglevel = OFF"));
    codec = new MessageCodec(ActorRefResolver.get(kit.system()));
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
  void comesOutAsItWentIn(Wire message) throws IOException {
    Wire arrived = codec.decode(codec.encode(message));

    assertThat(arrived).usingRecursiveComparison().isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsCutOffIsNoMessage(Wire message) {
    byte[] whole = codec.encode(message);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(IOException.class)
          .as("%d of %d bytes", length, whole.length)
          .isThrownBy(() -> codec.decode(cut));
    }
  }

  @Test
  void noiseIsRefusedOrRead() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Wire> messages = messages();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = codec.encode(messages.get(random.nextInt(messages.size())));
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        assertThat(codec.decode(bytes)).isNotNull();
      } catch (IOException | IllegalArgumentException e) {
        // refused
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
