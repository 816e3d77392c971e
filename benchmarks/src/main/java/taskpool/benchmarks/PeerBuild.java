package taskpool.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import taskpool.benchmarks.Launchers.UnavailableException;

/**
 * Builds the programs of the peers on the JVM, which are not part of the normal build: their
 * libraries are fetched here, when somebody wants to measure them, and nowhere else.
 */
final class PeerBuild {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String PEERS = "benchmarks/peers/";

  private final Path home;
  private final Programs programs;

  PeerBuild(Path home, Programs programs) {
    this.home = home;
    this.programs = programs;
  }

  /** The class path of a peer's program, which is built before if that is needed. */
  String classPath(String module) throws UnavailableException, InterruptedException {
    Path target = home.resolve(PEERS + module + "/target/quick");
    try {
      if (!isBuilt(module, target)) {
        System.err.printf("building the program of %s (fetches its libraries) ...%n", module);
        build(module);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new UnavailableException("its program can't be built: " + e.getMessage());
    }
    return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
  }

  private boolean isBuilt(String module, Path target) throws IOException {
    Path built = target.resolve("lib.built");
    if (!Files.exists(built)) {
      return false;
    }
    FileTime when = Files.getLastModifiedTime(built);
    for (String source :
        List.of(
            "pom.xml",
            "benchmarks/contender/pom.xml",
            "benchmarks/contender/src/main",
            PEERS + module + "/pom.xml",
            PEERS + module + "/src/main")) {
      try (Stream<Path> files = Files.walk(home.resolve(source))) {
        if (files.anyMatch(file -> isNewer(file, when))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isNewer(Path file, FileTime when) {
    try {
      return Files.getLastModifiedTime(file).compareTo(when) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build(String module) throws IOException, UnavailableException, InterruptedException {
    Path log = Files.createTempFile("peer-build-", ".log");
    try {
      ProcessBuilder maven =
          new ProcessBuilder(
                  "mvn",
                  "-B",
                  "-q",
                  "-ntp",
                  "-Dstyle.color=never",
                  "-Ppeers",
                  "-Dquick",
                  "-Dmaven.test.skip",
                  "-pl",
                  PEERS + module,
                  "-am",
                  "package")
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      Process build = programs.start(maven);
      build.getOutputStream().close();
      if (!build.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new UnavailableException("its build takes more than " + LIMIT);
      }
      if (build.exitValue() != 0) {
        throw new UnavailableException("its build failed: " + firstError(log));
      }
    } finally {
      programs.killAll();
      Files.deleteIfExists(log);
    }
  }

  private static String firstError(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("[ERROR]"))
        .map(line -> line.substring("[ERROR]".length()).strip())
        .findFirst()
        .orElse("no more is known");
  }
}
