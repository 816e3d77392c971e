package taskpool.node;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts the actor system of a process. Its settings are {@code taskpool-akka.conf} over the
 * reference settings of the libraries; {@code application.conf} and system properties of the
 * surrounding program are not looked at, but for {@code taskpool.log.level}.
 */
public final class NodeSystem {
  /**
   * What Akka itself logs, to SLF4J: {@code error}, {@code warning}, {@code info} or {@code debug}
   */
  public static final String LOG_LEVEL_PROPERTY = "taskpool.log.level";

  private static final String NAME = "taskpool";

  private NodeSystem() {}

  /**
   * Starts a system on a free port of the loopback interface; it is in no cluster yet.
   *
   * @param roles its roles in the cluster
   */
  public static ActorSystem<Void> start(List<String> roles) {
    QuietLogging.ensure();
    ClassLoader loader = NodeSystem.class.getClassLoader();
    Config ours = ConfigFactory.parseResources(loader, "taskpool-akka.conf");
    Config node =
        ConfigFactory.parseMap(
                Map.of(
                    "akka.cluster.roles",
                    roles,
                    // a worker that is out of memory must end, to be replaced
                    "akka.jvm-exit-on-fatal-error",
                    roles.contains("worker") ? "on" : "off"))
            .withFallback(logging());
    Config all =
        node.withFallback(ours)
            .withFallback(ConfigFactory.defaultReferenceUnresolved(loader))
            .resolve();
    ActorSystemSetup setup =
        ActorSystemSetup.create(BootstrapSetup.create(all).withClassloader(loader));
    return ActorSystem.create(Behaviors.empty(), NAME, setup);
  }

  /** Akka's own logging has a part that speaks up at every start: it is there only if asked for. */
  private static Config logging() {
    String level = System.getProperty(LOG_LEVEL_PROPERTY);
    if (level == null) {
      return ConfigFactory.parseMap(
          Map.of("akka.loglevel", "OFF", "akka.loggers", List.of(), "akka.use-slf4j", "off"));
    }
    String akkaLevel = level.equalsIgnoreCase("warn") ? "WARNING" : level.toUpperCase(Locale.ROOT);
    return ConfigFactory.parseMap(Map.of("akka.loglevel", akkaLevel));
  }
}
