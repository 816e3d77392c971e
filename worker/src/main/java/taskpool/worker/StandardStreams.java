package taskpool.worker;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * The standard streams of a worker, which no task can close for those after it: closing them does
 * nothing, and closing the file descriptors 1 and 2 does not end them. Standard input is empty, as
 * in a process of Python's multiprocessing; the real one is the parent's, see {@link ParentLink}.
 */
final class StandardStreams {
  private StandardStreams() {}

  /** Puts them in the place of what the JVM has made. */
  static void install() {
    System.setIn(new ByteArrayInputStream(new byte[0]));
    System.setOut(new Unclosable(own("1", System.out)));
    System.setErr(new Unclosable(own("2", System.err)));
  }

  /** A descriptor of its own for what this one leads to; on systems without such, the given. */
  private static OutputStream own(String descriptor, PrintStream given) {
    try {
      return new FileOutputStream("/proc/self/fd/" + descriptor);
    } catch (IOException e) {
      return given;
    }
  }

  private static final class Unclosable extends PrintStream {
    Unclosable(OutputStream to) {
      super(to, true, Charset.defaultCharset());
    }

    @Override
    public void close() {
      flush();
    }
  }
}
