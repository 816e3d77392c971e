package taskpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import taskpool.JvmProcess;
import taskpool.Subprocess;
import taskpool.TaskContext;
import taskpool.TaskPool;

/** Pools inside programs that have a life, and settings, of their own. */
class EmbeddingIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final String HOSTILE =
      """
      akka {
        actor.provider = local
        loglevel = DEBUG
        stdout-loglevel = DEBUG
        log-config-on-start = on
        loggers = ["com.acme.NoSuchLogger"]
        remote.artery.canonical.port = 1
        remote.artery.canonical.hostname = "192.0.2.1"
        remote.artery.enabled = off
        actor.default-dispatcher { type = nonsense, executor = "com.acme.NoSuchExecutor" }
        actor.serialization-bindings { "java.lang.Object" = none }
        cluster.seed-nodes = ["akka://other@192.0.2.1:1"]
        cluster.downing-provider-class = "com.acme.NoSuchProvider"
        extensions = ["com.acme.NoSuchExtension"]
      }
      """;

  private static final String OWN_LOGBACK =
      """
      <configuration>
        <appender name="own" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>OWN %level %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="own" /></root>
      </configuration>
      """;

  @TempDir Path temp;

  static int square(int x) {
    return x * x;
  }

  static void print(String text) {
    System.out.println(text);
  }

  /** Says what a program would notice if the pool meddled with its process. */
  static final class Host {
    public static void main(String[] args) throws Exception {
      Thread main = Thread.currentThread();
      ClassLoader own = new URLClassLoader(new URL[0], Host.class.getClassLoader());
      main.setContextClassLoader(own);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("own hook")));
      Thread.UncaughtExceptionHandler handler = (thread, error) -> error.printStackTrace();
      Thread.setDefaultUncaughtExceptionHandler(handler);
      Set<String> properties = new TreeSet<>(System.getProperties().stringPropertyNames());
      try (TaskPool pool = TaskPool.builder().workers(2).workerHeap("256m").start()) {
        System.out.println(pool.map(EmbeddingIT::square, List.of(1, 2, 3)));
        System.out.println(main.getContextClassLoader() == own ? "own loader" : "other loader");
      }
      System.out.println(main.getContextClassLoader() == own ? "own loader" : "other loader");
      System.out.println(
          Thread.getDefaultUncaughtExceptionHandler() == handler ? "own handler" : "no handler");
      Set<String> added = new TreeSet<>(System.getProperties().stringPropertyNames());
      added.removeAll(properties);
      added.remove("user.timezone"); // the JDK sets it at the first look at a clock
      System.out.println("new properties " + added);
    }
  }

  private static final List<String> UNDISTURBED =
      List.of(
          "[1, 4, 9]", "own loader", "own loader", "own handler", "new properties []", "own hook");

  private void assertUndisturbed(TestCluster.Launch launch) throws Exception {
    Program program = CLUSTER.launch(launch);
    assertThat(program.exitCode()).as(program.transcript()).isZero();
    assertThat(program.out()).isEqualTo(UNDISTURBED);
    assertThat(program.err()).isEmpty();
  }

  private UnaryOperator<List<String>> withInFront(Path directory) {
    return entries -> {
      List<String> all = new ArrayList<>(List.of(directory.toString()));
      all.addAll(entries);
      return all;
    };
  }

  private static List<String> withoutLogging(List<String> entries) {
    return entries.stream().filter(entry -> !entry.contains("logback")).toList();
  }

  @Test
  void hostileAkkaSettingsOfTheProgram() throws Exception {
    Path directory = Files.createDirectory(temp.resolve("settings"));
    Files.writeString(directory.resolve("application.conf"), HOSTILE);
    Files.writeString(directory.resolve("logback.xml"), OWN_LOGBACK);
    assertUndisturbed(
        new TestCluster.Launch(Host.class)
            .ownLogging()
            .classPath(withInFront(directory))
            .jvmOptions(
                "-Dakka.actor.provider=local",
                "-Dakka.loglevel=DEBUG",
                "-Dakka.remote.artery.canonical.port=1",
                "-Dakka.actor.default-dispatcher.type=nonsense"));
  }

  @Test
  void aSettingsFileNamedOnTheCommandLine() throws Exception {
    Path file = Files.writeString(temp.resolve("own.conf"), HOSTILE);
    assertUndisturbed(
        new TestCluster.Launch(Host.class)
            .ownLogging()
            .classPath(EmbeddingIT::withoutLogging)
            .jvmOptions("-Dconfig.file=" + file));
  }

  @Test
  void noLoggingBackEnd() throws Exception {
    assertUndisturbed(
        new TestCluster.Launch(Host.class).ownLogging().classPath(EmbeddingIT::withoutLogging));
  }

  /** Logs for itself, and lets a task log, print in pieces and print at length. */
  static final class Talking {
    static void talk(Path meeting, String name) throws Exception {
      Gate.meet(meeting, 2); // each on a worker of its own
      System.out.print("first ");
      System.out.flush();
      System.out.println("line of " + name);
      System.err.println("error of " + name);
      for (int i = 0; i < 200; i++) {
        System.out.println(name + " " + i + " " + "x".repeat(200));
      }
      System.out.print("no line end of " + name);
      System.out.flush();
    }

    public static void main(String[] args) throws Exception {
      org.slf4j.LoggerFactory.getLogger("own").info("before");
      boolean prefix = Boolean.parseBoolean(args[0]);
      Path meeting = Path.of(args[1]);
      try (TaskPool pool =
          TaskPool.builder().workers(2).workerHeap("256m").outputPrefix(prefix).start()) {
        var one = pool.applyAsync(Talking::talk, meeting, "one");
        pool.applyAsync(Talking::talk, meeting, "two").get();
        one.get();
      }
      org.slf4j.LoggerFactory.getLogger("own").info("after");
    }
  }

  private Program talk(boolean prefix) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(temp.resolve("logging"));
    Files.writeString(directory.resolve("logback.xml"), OWN_LOGBACK);
    Program program =
        CLUSTER.launch(
            new TestCluster.Launch(Talking.class).ownLogging().classPath(withInFront(directory)),
            Boolean.toString(prefix),
            Files.createDirectories(temp.resolve("meeting")).toString());
    assertThat(program.exitCode()).as(program.transcript()).isZero();
    return program;
  }

  @Test
  void workersWriteWholeLinesWithTheirNames() throws Exception {
    Program program = talk(true);
    assertThat(program.out()).startsWith("OWN INFO before").endsWith("OWN INFO after");
    assertThat(program.out().stream().filter(line -> !line.startsWith("OWN ")))
        .hasSize(404)
        .allMatch(line -> line.matches("\\[worker-[12]] (first line of|no line end of)? ?.*"))
        .filteredOn(line -> line.contains("xxx"))
        .allMatch(line -> line.matches("\\[worker-[12]] (one|two) \\d+ x{200}"));
    assertThat(program.out().stream().map(line -> line.replaceFirst("^\\[worker-[12]] ", "")))
        .contains("first line of one", "first line of two");
    assertThat(program.err())
        .hasSize(2)
        .allMatch(line -> line.matches("\\[worker-[12]] error of (one|two)"));
  }

  @Test
  void thePrefixCanBeSwitchedOff() throws Exception {
    Program program = talk(false);
    assertThat(program.out())
        .startsWith("OWN INFO before")
        .endsWith("OWN INFO after")
        .contains("first line of one", "first line of two", "one 7 " + "x".repeat(200))
        .noneMatch(line -> line.contains("worker-"));
    assertThat(program.err()).containsExactlyInAnyOrder("error of one", "error of two");
  }

  static int attemptAfterADeath() {
    int attempt = TaskContext.current().attempt();
    if (attempt == 1) {
      Runtime.getRuntime().halt(9);
    }
    return attempt;
  }

  /** Keeps all threads of its common pool busy until the end. */
  static final class Busy {
    public static void main(String[] args) throws Exception {
      CountDownLatch end = new CountDownLatch(1);
      for (int i = 0; i < 2 * ForkJoinPool.commonPool().getParallelism(); i++) {
        ForkJoinPool.commonPool().execute(() -> awaitUninterruptibly(end));
      }
      try (TaskPool pool = TaskPool.builder().workers(1).workerHeap("256m").start()) {
        System.out.println(pool.apply(EmbeddingIT::attemptAfterADeath));
        System.out.println(Subprocess.of("echo", "outside").run().output().strip());
        JvmProcess process = JvmProcess.of(EmbeddingIT::print, "apart");
        process.start();
        process.join();
      }
      end.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch end) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void deathsAreNoticedThoughTheCommonPoolIsBusy() throws Exception {
    Program program =
        CLUSTER.launch(
            new TestCluster.Launch(Busy.class)
                .jvmOptions("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"));
    assertThat(program.exitCode()).as(program.transcript()).isZero();
    assertThat(program.out()).containsExactly("2", "outside", "apart");
  }
}
