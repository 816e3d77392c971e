package taskpool.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder that is gone when the program has ended, on Ctrl-C too. */
final class Scratch {
  private static final int TRIES = 100;
  private static final long AGAIN_MILLIS = 20;

  private Scratch() {}

  /**
   * Creates it.
   *
   * @param beforeExit runs first when the JVM ends
   */
  static Path create(Runnable beforeExit) throws IOException {
    Path folder = Files.createTempDirectory("taskpool-chaos-");
    Thread hook =
        new Thread(
            () -> {
              beforeExit.run();
              remove(folder);
            },
            "chaos-exit");
    Runtime.getRuntime().addShutdownHook(hook);
    return folder;
  }

  /** Again and again, as workers that are being killed may still write there. */
  private static void remove(Path folder) {
    try {
      for (int i = 0; i < TRIES && !removeOnce(folder); i++) {
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean removeOnce(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
