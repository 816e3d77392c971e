package taskpool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import taskpool.error.SubprocessTimeoutException;
import taskpool.process.ExitCode;
import taskpool.process.ProcessExit;

/**
 * A run of an outside program: what it is given to read, what it wrote, how it ended. As Python's
 * {@code subprocess.run}, which is {@code Popen(…).communicate(input, timeout)}; works inside a
 * task and outside.
 *
 * <pre>{@code
 * Subprocess.Result sorted = Subprocess.of("sort", "-n").withInput("3\n1\n2\n").run();
 * sorted.exitCode();  // 0
 * sorted.output();    // "1\n2\n3\n"
 * }</pre>
 *
 * <p>Immutable, and thread-safe; each {@link #run} starts the program anew.
 */
public final class Subprocess {
  private final List<String> command;
  private final byte[] input;
  private final Optional<Duration> timeout;
  private final Optional<Path> directory;
  private final Map<String, String> environment;
  private final Charset charset;

  private Subprocess(
      List<String> command,
      byte[] input,
      Optional<Duration> timeout,
      Optional<Path> directory,
      Map<String, String> environment,
      Charset charset) {
    this.command = command;
    this.input = input;
    this.timeout = timeout;
    this.directory = directory;
    this.environment = environment;
    this.charset = charset;
  }

  /**
   * How a program ended and what it wrote. Immutable as long as nobody changes its arrays.
   *
   * @param exitCode the negative signal number if a signal ended it, as {@code Popen.returncode}; a
   *     program that exits with 129 to 192 by itself can't be told apart, and has a negative
   *     number, too
   * @param out what it wrote to its standard output
   * @param err what it wrote to its standard error
   * @param charset what {@link #output} and {@link #errors} read the bytes with
   */
  public record Result(
      List<String> command, int exitCode, byte[] out, byte[] err, Charset charset) {
    /** The standard output as text. */
    public String output() {
      return new String(out, charset);
    }

    /** The standard error as text. */
    public String errors() {
      return new String(err, charset);
    }

    /** How it ended and how much it wrote; not what. */
    @Override
    public String toString() {
      return "%s ended with exit code %d, wrote %d bytes, and %d of errors"
          .formatted(command, exitCode, out.length, err.length);
    }
  }

  /**
   * A program with its arguments; no shell takes part. It reads nothing, may take any time, and
   * runs in this process's working directory and environment.
   *
   * @throws IllegalArgumentException if there is no program
   */
  public static Subprocess of(String... command) {
    return of(Arrays.asList(command));
  }

  /** The same with a list. */
  public static Subprocess of(List<String> command) {
    if (command.stream().anyMatch(Objects::isNull)) {
      throw new NullPointerException("a command can't contain null, this one is " + command);
    }
    if (command.isEmpty() || command.get(0).isEmpty()) {
      throw new IllegalArgumentException(
          "a command must begin with a program, this one is %s"
              .formatted(
                  command.isEmpty() ? "empty" : "\"\" " + command.subList(1, command.size())));
    }
    return new Subprocess(
        List.copyOf(command),
        new byte[0],
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Charset.defaultCharset());
  }

  /** Runs a program with some input for at most so long; see {@link #run()}. */
  public static Result run(List<String> command, byte[] input, Duration timeout)
      throws IOException, InterruptedException {
    return of(command).withInput(input).withTimeout(timeout).run();
  }

  /** With these bytes on its standard input, which ends after them. */
  public Subprocess withInput(byte[] input) {
    return new Subprocess(command, input.clone(), timeout, directory, environment, charset);
  }

  /** With this text on its standard input, written in the charset that is set now. */
  public Subprocess withInput(String input) {
    return withInput(input.getBytes(charset));
  }

  /**
   * With a limit: after so long the program is killed, with all that it started, also when it has
   * ended itself and only that still holds its outputs open. Spared is only who has both left its
   * tree and an environment without {@code TASKPOOL_WORKER}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Subprocess withTimeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive, this is " + limit);
    }
    return new Subprocess(command, input, Optional.of(limit), directory, environment, charset);
  }

  /** In another working directory. */
  public Subprocess withDirectory(Path directory) {
    return new Subprocess(command, input, timeout, Optional.of(directory), environment, charset);
  }

  /**
   * With one more variable in its environment.
   *
   * @throws IllegalArgumentException if it has no name
   */
  public Subprocess withEnvironment(String name, String value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "a variable of the environment must have a name, for \"%s\" there is none"
              .formatted(value));
    }
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Subprocess(command, input, timeout, directory, Map.copyOf(more), charset);
  }

  /** With this charset for text; else it is the JVM's default. */
  public Subprocess withCharset(Charset charset) {
    return new Subprocess(
        command,
        input,
        timeout,
        directory,
        environment,
        Objects.requireNonNull(charset, "charset"));
  }

  /**
   * Starts the program, gives it its input, and waits until it has ended, and its outputs have, too
   * (a process that it leaves behind may hold them open). Input and outputs of any size can't block
   * one another; they are kept in memory.
   *
   * @throws IOException if the program can't be started, or what it writes can't be read
   * @throws OutOfMemoryError if what it writes does not fit into memory, with the same consequences
   *     as when the time is over
   * @throws SubprocessTimeoutException if the time is over; the program and all that it started
   *     have been killed
   * @throws InterruptedException if this thread is interrupted (a task: is cancelled), with the
   *     same consequences
   */
  public Result run() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    directory.ifPresent(path -> builder.directory(path.toFile()));
    builder.environment().putAll(environment);
    CapturedProcess captured = CapturedProcess.start(builder);
    Process process = captured.marked().process();
    boolean ended = false;
    try {
      CompletableFuture<byte[]> out = inBackground(() -> readAll(captured.out()));
      CompletableFuture<byte[]> err = inBackground(() -> readAll(captured.err()));
      CompletableFuture<?> fed = inBackground(() -> feed(process.getOutputStream()));
      CompletableFuture<Void> all = CompletableFuture.allOf(out, err, fed, ProcessExit.of(process));
      failWith(out, all);
      failWith(err, all);
      await(all);
      ended = true;
      return new Result(command, ExitCode.of(process), out.join(), err.join(), charset);
    } finally {
      if (!ended) {
        captured.marked().kill();
      }
    }
  }

  private static byte[] readAll(InputStream output) throws IOException {
    try (output) {
      return output.readAllBytes();
    }
  }

  /** An output that nobody reads would hold up the program for ever. */
  private static void failWith(CompletableFuture<?> reader, CompletableFuture<Void> all) {
    CompletableFuture<?> unused =
        reader.exceptionally(
            failure -> {
              all.completeExceptionally(failure);
              return null;
            });
  }

  /** A program need not read all that it is given, as with {@code communicate}. */
  private boolean feed(OutputStream stdin) {
    try (stdin) {
      stdin.write(input);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void await(CompletableFuture<Void> all) throws InterruptedException, IOException {
    try {
      if (timeout.isPresent()) {
        all.get(TimeUnit.NANOSECONDS.convert(timeout.get()), TimeUnit.NANOSECONDS);
      } else {
        all.get();
      }
    } catch (TimeoutException e) {
      throw new SubprocessTimeoutException(
          "%s was still running after %s and has been killed".formatted(command, timeout.get()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw outOfMemory(e.getCause());
      }
      throw new IOException(
          "what %s writes can't be read; it has been killed".formatted(command), e.getCause());
    }
  }

  private OutOfMemoryError outOfMemory(Throwable cause) {
    OutOfMemoryError error =
        new OutOfMemoryError(
            ("what %s writes does not fit into memory, or is more than 2 GiB; it has been killed:"
                    + " have it write a file, or enlarge -Xmx")
                .formatted(command));
    error.initCause(cause);
    return error;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /** A thread of its own, as it may block for as long as the program runs. */
  private static <T> CompletableFuture<T> inBackground(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.run());
              } catch (IOException | RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            },
            "subprocess");
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
