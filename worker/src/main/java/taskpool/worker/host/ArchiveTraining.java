package taskpool.worker.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import taskpool.TaskPool;
import taskpool.process.ProcessTree;

/**
 * The main class of the process that makes a {@link ClassArchive}: a pool with one worker that does
 * a little of everything and writes down its classes when it ends. It ends when its standard input
 * does, as a worker.
 */
final class ArchiveTraining {
  /** The exit code when it was not let come to its end. */
  static final int ENDED_EARLY = 3;

  private static final int FAILED = 4;

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  private ArchiveTraining() {}

  /** Takes the file to write; without one it has the archive of its own class path made. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 0) {
      makeOwn();
      return;
    }
    endWithParent();
    Path target = Path.of(args[0]);
    try (TaskPool pool =
        TaskPool.builder()
            .workers(1)
            .jvmOptions(ClassArchive.recordOptions(target).toArray(String[]::new))
            .start()) {
      train(pool);
    } catch (RuntimeException | ExecutionException e) {
      Runtime.getRuntime().halt(FAILED);
    }
    System.exit(Files.isRegularFile(target) ? 0 : FAILED);
  }

  private static void makeOwn() throws InterruptedException {
    ClassArchive archive =
        ClassArchive.of(System.getProperty("java.class.path"), ClassArchive.folder());
    Optional<ArchiveRecording> recording = ArchiveRecording.start(archive, JvmCommandLine.java());
    try (TaskPool pool = TaskPool.local(1)) {
      train(pool);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a pool does not work here", e);
    } finally {
      if (recording.isPresent()) {
        recording.get().end(ENOUGH);
      }
    }
  }

  /**
   * Its worker is killed, not asked: it would write its archive at its end, which takes seconds.
   */
  private static void endWithParent() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is said there, only the end matters
                }
              } catch (IOException e) {
                // as good as the end
              }
              ProcessTree.killDescendants();
              System.exit(ENDED_EARLY); // so that the pool's folder is removed
            },
            "parent-link");
    thread.setDaemon(true);
    thread.start();
  }

  private static void train(TaskPool pool) throws InterruptedException, ExecutionException {
    pool.applyAsync(ArchiveTraining::join, "a", 1).get();
    pool.map(ArchiveTraining::length, List.of("a", "bc"));
    pool.applyAsync(ArchiveTraining::fail).await(ENOUGH);
  }

  private static String join(String text, int number) {
    return text + number;
  }

  private static int length(String text) {
    return text.length();
  }

  private static int fail() {
    throw new IllegalStateException("to load what an error needs");
  }
}
