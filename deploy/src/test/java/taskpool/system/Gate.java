package taskpool.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import taskpool.TaskContext;

/**
 * How a test and its tasks wait for each other: by files, because they are processes apart. The
 * waiting ends with an error after {@link #LIMIT} or when the directory is gone, so a lost test
 * leaves no task behind.
 */
final class Gate {
  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 5;

  private Gate() {}

  /** Lets pass who waits at this file, now and later. */
  static void open(Path file) throws IOException {
    Files.writeString(file, "");
  }

  /** Waits for the file to be there. */
  static void await(Path file) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(file)) {
      if (System.nanoTime() > deadline || !Files.exists(file.getParent())) {
        throw new IllegalStateException(file + " never came");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** In a task: says that it has started, then waits for the file; gives its worker's pid. */
  static long startedThenAwait(Path started, Path file) throws Exception {
    open(started);
    await(file);
    return TaskContext.current().pid();
  }

  /** In a task: waits until as many tasks are here; gives its worker's pid. */
  static long meet(Path directory, int parties) throws Exception {
    TaskContext task = TaskContext.current();
    open(directory.resolve(task.taskId().replaceAll("[^A-Za-z0-9]", "_")));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (list(directory).size() < parties) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only %s of %d came".formatted(list(directory), parties));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return task.pid();
  }

  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
