package taskpool.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells how far a JVM of ours, another process, has come. */
public final class JvmStart {
  /**
   * The name of the thread by which others see that the main method runs. A JVM of ours starts it
   * first of all, and it lives as long as the JVM. Linux would cut a name of more than 15
   * characters off.
   */
  public static final String MAIN_RUNS = "parent-link";

  private static final Path PROCESSES = Path.of("/proc");

  /** More than one, as a thread that ends meanwhile can hide the next one in the list. */
  private static final int LOOKS = 2;

  private JvmStart() {}

  /**
   * Whether it has reached its main method, or may have: where that can't be seen (there is no
   * {@code /proc}, or it has ended), it has. Of one that dies just now it may be false. Takes about
   * a millisecond.
   */
  public static boolean hasReachedMain(Process jvm) {
    boolean seen = false;
    for (int look = 0; look < LOOKS && !seen; look++) {
      seen = hasNamedThread(jvm.pid());
    }
    return seen;
  }

  private static boolean hasNamedThread(long pid) {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(PROCESSES.resolve(pid + "/task"))) {
      for (Path thread : threads) {
        // any bytes are valid in this charset, and the name is ASCII
        String name = Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1);
        if (name.strip().equals(MAIN_RUNS)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return true; // can't be seen
    }
  }
}
