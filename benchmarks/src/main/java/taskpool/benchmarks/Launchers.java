package taskpool.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import taskpool.benchmarks.contender.SocketPingPong;

/** How each entrant's program is started. */
final class Launchers {
  /** From this Java on, Akka's use of Unsafe prints a warning. */
  private static final int WARNS_OF_UNSAFE = 24;

  private static final String CLASS_PATH = "CLASSPATH";

  /** An entrant can't take part. */
  static final class UnavailableException extends Exception {
    UnavailableException(String reason) {
      super(reason);
    }
  }

  /**
   * How to start one entrant's programs; the workload's arguments follow.
   *
   * @param environment what is added to the environment
   */
  record Launcher(List<String> command, Map<String, String> environment) {
    List<String> command(List<String> arguments) {
      List<String> all = new ArrayList<>(command);
      all.addAll(arguments);
      return all;
    }
  }

  private final Map<Entrant, Launcher> ready = new EnumMap<>(Entrant.class);
  private final Path home;
  private final PeerBuild peers;

  Launchers(Path home, Programs programs) {
    this.home = home;
    this.peers = new PeerBuild(home, programs);
  }

  /** The program of an entrant that was {@linkplain #prepare prepared}. */
  Launcher of(Entrant entrant) {
    Launcher launcher = ready.get(entrant);
    if (launcher == null) {
      throw new IllegalStateException(entrant + " is not prepared");
    }
    return launcher;
  }

  /** Builds or finds what an entrant needs. May take minutes the first time. */
  void prepare(Entrant entrant) throws UnavailableException, InterruptedException {
    ready.put(
        entrant,
        switch (entrant) {
          case TASKPOOL -> taskpool(archiveOptions());
          case TASKPOOL_PLAIN -> taskpool(List.of());
          case SOCKET -> java(List.of(), ownClassPath(), SocketPingPong.class.getName());
          case MP_POOL, MP_POOL_SPAWN, MP_PROCESS, PROCESS_POOL -> python(entrant);
          case HAZELCAST -> peer("hazelcast", "taskpool.benchmarks.hazelcast.HazelcastProgram");
          case IGNITE -> peer("ignite", "taskpool.benchmarks.ignite.IgniteProgram");
        });
  }

  private static Launcher taskpool(List<String> more) {
    List<String> options = new ArrayList<>(more);
    if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return java(options, ownClassPath(), TaskpoolProgram.class.getName());
  }

  /** The archive that {@code benchmarks/run} has made, if it could be made. */
  private static List<String> archiveOptions() {
    String option = System.getProperty("taskpool.benchmarks.archive", "");
    return option.isEmpty() ? List.of() : List.of(option, "-Xlog:cds*=off");
  }

  private static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  private Launcher peer(String module, String mainClass)
      throws UnavailableException, InterruptedException {
    String classPath = peers.classPath(module);
    return java(PeerOptions.of(module), classPath, mainClass);
  }

  private static Launcher java(List<String> options, String classPath, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(options);
    command.add(mainClass);
    return new Launcher(command, Map.of(CLASS_PATH, classPath));
  }

  private Launcher python(Entrant entrant) throws UnavailableException, InterruptedException {
    try {
      Process version = new ProcessBuilder("python3", "--version").start();
      if (version.waitFor() != 0) {
        throw new UnavailableException("python3 does not start");
      }
    } catch (IOException e) {
      throw new UnavailableException("no python3 found");
    }
    String program = home.resolve("benchmarks/peers/python/program.py").toString();
    return new Launcher(List.of("python3", "-B", program, entrant.label()), Map.of());
  }
}
