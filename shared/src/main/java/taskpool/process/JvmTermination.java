package taskpool.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a JVM that this process has started to end, with SIGTERM.
 *
 * <p>A JDK that gets SIGTERM while it comes up may take its own shutdown for an error: it says so
 * on standard error, and exits with 1. A JVM whose main method does not run yet is killed instead;
 * there is nothing that it could clear up.
 */
public final class JvmTermination {
  /**
   * The name of a thread that a JVM of ours starts first in its main method, and that lives as long
   * as it. Of a longer name Linux would show 15 characters.
   */
  public static final String FIRST_THREAD = "parent-link";

  private static final Path PROCESSES = Path.of("/proc");

  private JvmTermination() {}

  /**
   * Sends the signal; does not wait, and does nothing if the JVM has ended. Its standard input
   * stays open.
   *
   * @return whether the main method ran; if not, the JVM has been killed
   */
  public static boolean send(Process jvm) {
    boolean up = isUp(jvm.pid());
    ProcessHandle handle = jvm.toHandle();
    boolean unused = up ? handle.destroy() : handle.destroyForcibly();
    return up;
  }

  /** Looks at the names of its threads. Where there is no {@code /proc}, each JVM is up. */
  private static boolean isUp(long pid) {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(PROCESSES.resolve(pid + "/task"))) {
      for (Path thread : threads) {
        if (isFirst(thread)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return true; // it has ended, or there is no such folder here
    }
  }

  private static boolean isFirst(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip().equals(FIRST_THREAD);
    } catch (IOException e) {
      return false; // it has ended, or its name is cut off within a character
    }
  }
}
