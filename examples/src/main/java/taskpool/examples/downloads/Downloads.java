package taskpool.examples.downloads;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import taskpool.TaskContext;
import taskpool.TaskHandle;
import taskpool.TaskPool;
import taskpool.deploy.cli.CommandExit;
import taskpool.deploy.cli.Demo;
import taskpool.deploy.cli.Main;

/** Downloads one after the other, then side by side, and what that saves. */
@Command(
    name = "downloads",
    description = {
      "Downloads files from a web server that it starts on this machine, and that takes 200 ms for"
          + " each: first one after the other, then side by side in a pool of worker processes.",
      ""
    })
public final class Downloads implements Demo {
  private static final Duration LATENCY = Duration.ofMillis(200);

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many files. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many worker processes. Default: ${DEFAULT-VALUE}.")
  private int workers;

  /** Takes the arguments of {@code taskpool demo downloads}. */
  public static void main(String... args) {
    System.exit(Main.execute(new Downloads(), args));
  }

  static byte[] download(URI file) throws IOException {
    try (InputStream in = file.toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  /** Downloads in each worker once, so that none is still on its way up when times are taken. */
  private void awaitWorkers(TaskPool pool, URI file)
      throws InterruptedException, ExecutionException {
    Set<Long> up = new HashSet<>();
    while (up.size() < workers) {
      up.addAll(pool.map(Downloads::warmUp, Collections.nCopies(workers, file), 1));
    }
  }

  static long warmUp(URI file) throws IOException {
    download(file);
    return TaskContext.current().pid();
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    checkAtLeastOne("--count", count);
    checkAtLeastOne("--workers", workers);
    try (FileServer server = FileServer.start(LATENCY);
        TaskPool pool = TaskPool.local(workers)) {
      List<URI> files =
          IntStream.rangeClosed(1, count).mapToObj(i -> server.uri("file-" + i)).toList();
      System.out.printf(
          "%d files, each %d ms away, at %s%n", count, LATENCY.toMillis(), server.uri(""));

      awaitWorkers(pool, files.get(0));
      server.mostAtATime();
      long start = System.nanoTime();
      List<byte[]> oneByOne = new ArrayList<>();
      for (URI file : files) {
        oneByOne.add(download(file));
      }
      double oneByOneSeconds = secondsSince(start);
      print("one after the other", oneByOneSeconds, server);

      start = System.nanoTime();
      List<TaskHandle<byte[]>> handles = new ArrayList<>();
      for (URI file : files) {
        handles.add(pool.applyAsync(Downloads::download, file));
      }
      List<byte[]> sideBySide = new ArrayList<>();
      for (TaskHandle<byte[]> handle : handles) {
        sideBySide.add(handle.get());
      }
      double sideBySideSeconds = secondsSince(start);
      print("side by side", sideBySideSeconds, server);

      boolean equal = Arrays.deepEquals(oneByOne.toArray(), sideBySide.toArray());
      System.out.printf(
          Locale.ROOT,
          "%.1f times as fast with %d workers, contents %s%n",
          oneByOneSeconds / sideBySideSeconds,
          workers,
          equal ? "equal" : "different");
      return equal ? CommandExit.OK : CommandExit.FAILED;
    }
  }

  private void checkAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s must be at least 1, not %d".formatted(option, value));
    }
  }

  private static double secondsSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void print(String how, double seconds, FileServer server) {
    System.out.printf(
        Locale.ROOT, "%-19s %5.2f s, at most %d at a time%n", how, seconds, server.mostAtATime());
  }
}
