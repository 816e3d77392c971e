package taskpool.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.NotDirectoryException;

/**
 * A process of this one that carries a mark, so that all that it has started can be killed: also
 * what has left its tree, and when it has ended itself. Immutable, and thread-safe.
 */
public record MarkedProcess(Process process, ProcessMark mark) {

  /**
   * Starts one, with a new mark.
   *
   * @throws IOException if it can't be started; where the JDK says it of the program though it is
   *     the working directory that is missing, of that
   */
  public static MarkedProcess start(ProcessBuilder builder) throws IOException {
    File directory = builder.directory();
    if (directory != null && !directory.isDirectory()) {
      throw new NotDirectoryException("its working directory " + directory + " is no directory");
    }
    ProcessMark mark = ProcessMark.ofChild();
    mark.put(builder.environment());
    return new MarkedProcess(builder.start(), mark);
  }

  /** Kills it and all that it has started with SIGKILL. Does not wait for them. */
  public void kill() {
    ProcessTree.kill(
        process); // who has got rid of the mark is found there, and the other way round
    mark.killAll();
  }

  /** Kills all that it has started. Called after its exit. */
  public void killLeftovers() {
    mark.killAll();
  }
}
