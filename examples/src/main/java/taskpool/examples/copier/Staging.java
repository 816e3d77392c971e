package taskpool.examples.copier;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The folder in the target for files that are not complete. It goes with everything in it when the
 * copy ends, on Ctrl-C too.
 */
final class Staging implements AutoCloseable {
  private static final long WORKERS_END_MILLIS = 1_000;

  private final Path folder;
  private final Runnable beforeExit;
  private final Thread exitHook = new Thread(this::cleanUpAtExit, "copy-exit");

  private Staging(Path folder, Runnable beforeExit) {
    this.folder = folder;
    this.beforeExit = beforeExit;
  }

  /**
   * Creates the folder.
   *
   * @param beforeExit runs first when the JVM ends before this is closed
   */
  static Staging in(Path target, Runnable beforeExit) throws IOException {
    Staging staging =
        new Staging(Files.createTempDirectory(target, ".taskpool-copying-"), beforeExit);
    Runtime.getRuntime().addShutdownHook(staging.exitHook);
    return staging;
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException exiting) {
      return; // then the hook does it
    }
    delete();
  }

  private void delete() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
    Files.deleteIfExists(folder);
  }

  private void cleanUpAtExit() {
    beforeExit.run();
    System.err.printf("%ntaskpool: interrupted, %s is not complete%n", folder.getParent());
    try {
      endWorkers();
      delete();
    } catch (IOException | ExecutionException | TimeoutException | InterruptedException e) {
      System.err.printf("taskpool: %s is left behind: %s%n", folder, Failures.reason(e));
    }
  }

  /** The pool does it, too, but nobody says in which order the hooks of a JVM run. */
  private static void endWorkers()
      throws ExecutionException, TimeoutException, InterruptedException {
    List<ProcessHandle> workers = ProcessHandle.current().descendants().toList();
    workers.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle worker : workers) {
      worker.onExit().get(WORKERS_END_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
