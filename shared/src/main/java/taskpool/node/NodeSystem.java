package taskpool.node;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import scala.concurrent.ExecutionContext;

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
   * @param loop runs its actors
   */
  static ActorSystem<Void> start(List<String> roles, EventLoop loop) {
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
    Config reference = ConfigFactory.defaultReferenceUnresolved(loader);
    Config all =
        node.withFallback(ours)
            .withFallback(withoutUnused(ours, reference))
            .withFallback(reference)
            .resolve();
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(all)
                .withClassloader(loader)
                .withDefaultExecutionContext(ExecutionContext.fromExecutor(loop)));
    return ActorSystem.create(Behaviors.empty(), NAME, setup);
  }

  /** Replaces the serializers of what is never sent here: loading them takes a while. */
  private static Config withoutUnused(Config ours, Config reference) {
    Set<String> used = Set.copyOf(ours.getStringList("taskpool.serializers"));
    Set<String> miscTypes = Set.copyOf(ours.getStringList("taskpool.akka-misc-types"));
    Map<String, Object> serializers = new HashMap<>();
    for (String alias : reference.getObject("akka.actor.serializers").keySet()) {
      if (!used.contains(alias)) {
        serializers.put(alias, "akka.serialization.DisabledJavaSerializer");
      }
    }
    Map<String, Object> bindings = new HashMap<>();
    reference
        .getObject("akka.actor.serialization-bindings")
        .forEach(
            (type, alias) -> {
              if (!used.contains(alias.unwrapped())
                  || (alias.unwrapped().equals("akka-misc") && !miscTypes.contains(type))) {
                bindings.put(type, "none");
              }
            });
    return ConfigValueFactory.fromMap(
            Map.of("serializers", serializers, "serialization-bindings", bindings))
        .atPath("akka.actor");
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
