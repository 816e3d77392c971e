package taskpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An example that runs as a process of its own: its output, its workers, its end. Closing it checks
 * that nothing is left of it; what is left is killed.
 */
public final class ExampleProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String MARK = "TASKPOOL_TEST_RUN";

  private final String mark;
  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;

  /** How to start one. */
  public static final class Setup {
    private final List<String> wrapper = new ArrayList<>();
    private final List<String> program = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Setup() {
      // A build in the background may ignore Ctrl-C, and its children would, too.
      wrapper.addAll(List.of("env", "--default-signal=INT"));
    }

    /** Starts it through another command, which is to end in running it. */
    public Setup through(String... command) {
      wrapper.addAll(List.of(command));
      return this;
    }

    public Setup environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    public ExampleProcess start(Object... arguments) {
      List<String> command = new ArrayList<>(wrapper);
      command.addAll(program);
      Arrays.stream(arguments).map(Object::toString).forEach(command::add);
      return new ExampleProcess(command, environment);
    }
  }

  /** A main class on the tests' class path. */
  public static Setup java(Class<?> main) {
    Setup setup = new Setup();
    setup.program.add(ProcessHandle.current().info().command().orElse("java"));
    if (Runtime.version().feature() >= 24) { // as the README says
      setup.program.add("--sun-misc-unsafe-memory-access=allow");
    }
    setup.program.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    setup.program.add(main.getName());
    return setup;
  }

  /** {@code deploy/bin/taskpool}. */
  public static Setup launcher() {
    Setup setup = new Setup();
    setup.program.add(checkout().resolve("deploy/bin/taskpool").toString());
    return setup;
  }

  /** The root of this project. */
  public static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("deploy/bin/taskpool"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private ExampleProcess(List<String> command, Map<String, String> environment) {
    this.command = command;
    mark = UUID.randomUUID().toString();
    try {
      out = Files.createTempFile("example", ".out");
      err = Files.createTempFile("example", ".err");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.environment().put(MARK, mark);
      process =
          builder
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; if that does not come, it is killed and the test fails. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      String state = toString();
      left().forEach(ProcessHandle::destroyForcibly); // who waits for the end may not close it
      throw new AssertionError("it has not ended in time:\n" + state);
    }
    return process.exitValue();
  }

  /** Waits for its end and checks how it is. */
  public ExampleProcess expectExit(int code) throws InterruptedException {
    assertThat(exitCode()).as("exit code of\n%s", this).isEqualTo(code);
    return this;
  }

  public List<String> out() {
    return lines(out);
  }

  public List<String> err() {
    return lines(err);
  }

  /** The last line on standard output. */
  public String lastLine() {
    List<String> lines = out();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void signal(String name) {
    signal(name, process.pid());
  }

  public static void signal(String name, long pid) {
    try {
      assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
          .isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The worker JVMs that it has at this moment. */
  public List<ProcessHandle> workers() {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("WorkerMain"))
        .toList();
  }

  /** Every process that it or one of its children has started and that is still there. */
  private List<ProcessHandle> left() {
    return ProcessHandle.allProcesses().filter(this::isMarked).toList();
  }

  private boolean isMarked(ProcessHandle candidate) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + candidate.pid() + "/environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
    } catch (IOException e) {
      return false; // it has ended, or is not ours
    }
  }

  @Override
  public void close() throws IOException {
    String state = toString();
    try {
      if (!process.isAlive()) {
        await("nothing is left of\n" + state)
            .atMost(Duration.ofSeconds(10))
            .until(() -> left().isEmpty());
      }
    } finally {
      left().forEach(ProcessHandle::destroyForcibly);
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  @Override
  public String toString() {
    return Stream.of(
            List.of(String.join(" ", command).replace(System.getProperty("java.class.path"), "…")),
            List.of("--- standard output"),
            out(),
            List.of("--- standard error"),
            err(),
            List.of("---"))
        .flatMap(List::stream)
        .reduce("", (all, line) -> all + line + "\n");
  }
}
