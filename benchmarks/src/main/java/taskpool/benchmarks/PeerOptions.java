package taskpool.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** The JVM options that a peer's manual asks for; its programs pass them on to its workers. */
final class PeerOptions {
  /** What Ignite 2 opens on Java 17, as its own start script does. */
  private static final List<String> IGNITE_OPENS =
      List.of(
          "java.base/jdk.internal.access",
          "java.base/jdk.internal.misc",
          "java.base/sun.nio.ch",
          "java.base/sun.util.calendar",
          "java.management/com.sun.jmx.mbeanserver",
          "jdk.internal.jvmstat/sun.jvmstat.monitor",
          "java.base/sun.reflect.generics.reflectiveObjects",
          "jdk.management/com.sun.management.internal",
          "java.base/java.io",
          "java.base/java.nio",
          "java.base/java.net",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.locks",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.math",
          "java.sql/java.sql",
          "java.base/java.time");

  /** What Hazelcast opens for itself to be faster. */
  private static final List<String> HAZELCAST_OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/sun.nio.ch",
          "java.management/sun.management",
          "jdk.management/com.sun.management.internal");

  private PeerOptions() {}

  static List<String> of(String module) {
    return module.equals("ignite")
        ? opens(IGNITE_OPENS)
        : Stream.concat(
                Stream.of("--add-modules", "java.se", "--add-exports"),
                Stream.concat(
                    Stream.of("java.base/jdk.internal.ref=ALL-UNNAMED"),
                    opens(HAZELCAST_OPENS).stream()))
            .toList();
  }

  private static List<String> opens(List<String> packages) {
    return packages.stream().map(name -> "--add-opens=" + name + "=ALL-UNNAMED").toList();
  }
}
