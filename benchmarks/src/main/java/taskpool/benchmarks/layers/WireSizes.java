package taskpool.benchmarks.layers;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import taskpool.protocol.Wire;

/**
 * How many bytes a message becomes, by the serializer and the settings of a pool; without Artery's
 * own header, which is some tens of bytes for each message.
 */
final class WireSizes implements AutoCloseable {
  private final ActorSystem<Void> system;
  private final Serialization serialization;

  WireSizes() {
    Config config =
        ConfigFactory.parseString(
                "akka.actor.provider = local, akka.loglevel = OFF, akka.loggers = []")
            .withFallback(ConfigFactory.parseResources("taskpool-akka.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();
    system = ActorSystem.create(Behaviors.empty(), "layers", config);
    serialization = SerializationExtension.get(system.classicSystem());
  }

  int of(Wire message) {
    return serialization.serialize(message).get().length;
  }

  @Override
  public void close() {
    system.terminate();
  }
}
