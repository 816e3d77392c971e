package taskpool.payload;

import java.io.File;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The files of one process that may be written again once their readers have let go of them: their
 * memory is there already, which the kernel would otherwise find and clear for every payload anew.
 * A reader lets go of a file by giving it another name. Thread-safe.
 */
final class SpareFiles {
  /** Behind the name of a file that nobody reads any more. */
  static final String SPARE = ".spare";

  /** What a process keeps occupied at most when it has nothing to send. */
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private static final int MAX_FILES = 32;

  /** A file that somebody may still read, and its size. */
  record Lent(File file, long size) {}

  private final ArrayDeque<Lent> lent = new ArrayDeque<>();
  private long lentBytes;

  /** Whether a file of this size is to come back; then it counts as lent. */
  synchronized boolean lend(File file, long size) {
    if (lent.size() == MAX_FILES || lentBytes + size > MAX_BYTES) {
      return false;
    }
    lent.add(new Lent(file, size));
    lentBytes += size;
    return true;
  }

  /** Gives a file that has come back this name; null if none has. */
  synchronized @Nullable Lent take(File name) {
    for (Iterator<Lent> oldestFirst = lent.iterator(); oldestFirst.hasNext(); ) {
      Lent candidate = oldestFirst.next();
      if (spare(candidate.file()).renameTo(name)) {
        oldestFirst.remove();
        lentBytes -= candidate.size();
        return candidate;
      }
    }
    return null;
  }

  /** Lets go of a file that is to come back. */
  static void giveBack(File file) {
    boolean unused = file.renameTo(spare(file));
  }

  private static File spare(File file) {
    return new File(file.getPath() + SPARE);
  }
}
