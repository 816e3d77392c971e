package taskpool.node;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import scala.concurrent.ExecutionContext;

/**
 * Starts the actor system of a process. Its settings are {@code taskpool-akka.conf} over the
 * reference settings of the libraries; {@code application.conf} and system properties of the
 * surrounding program are not looked at, but for {@code taskpool.log.level}.
 */
final class NodeSystem {
  /**
   * {@code taskpool-akka.conf} over the reference settings of all libraries, with nothing left to
   * find, to merge or to resolve: that took a tenth of a worker's start.
   */
  static final String MERGED = "taskpool-akka-merged.json";

  private static final String NAME = "taskpool";

  /** Akka itself reads the reference settings, too; they are merged already. */
  private static final class WithoutReferences extends ClassLoader {
    WithoutReferences(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals("reference.conf")
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }

  private NodeSystem() {}

  /**
   * Starts a system on a free port of the loopback interface; it is in no cluster yet.
   *
   * @param roles its roles in the cluster
   * @param loop runs its actors
   */
  static ActorSystem<Void> start(List<String> roles, EventLoop loop) {
    QuietLogging.ensure();
    ClassLoader loader = new WithoutReferences(NodeSystem.class.getClassLoader());
    Config node =
        ConfigFactory.parseMap(
                Map.of(
                    "akka.cluster.roles",
                    roles,
                    // a worker that is out of memory must end, to be replaced
                    "akka.jvm-exit-on-fatal-error",
                    roles.contains("worker") ? "on" : "off"))
            .withFallback(logging())
            .withFallback(ConfigFactory.parseResources(loader, MERGED));
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(node)
                .withClassloader(loader)
                .withDefaultExecutionContext(ExecutionContext.fromExecutor(loop)));
    return ActorSystem.create(Behaviors.empty(), NAME, setup);
  }

  /** Akka's own logging has a part that speaks up at every start: it is there only if asked for. */
  private static Config logging() {
    String level = System.getProperty(Node.LOG_LEVEL_PROPERTY);
    if (level == null) {
      return ConfigFactory.parseMap(
          Map.of("akka.loglevel", "OFF", "akka.loggers", List.of(), "akka.use-slf4j", "off"));
    }
    String akkaLevel = level.equalsIgnoreCase("warn") ? "WARNING" : level.toUpperCase(Locale.ROOT);
    return ConfigFactory.parseMap(Map.of("akka.loglevel", akkaLevel));
  }
}
