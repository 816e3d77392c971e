package taskpool.payload;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file while it is written. It has its final name only when it is whole. Confined to one thread.
 *
 * <p>Plain reads and writes in pieces, through java.io: not mapped, since a full file system is an
 * exception here and a signal there; and no channels, since an interrupted thread closes those.
 */
final class PayloadFile {
  /** Behind the name of a file that is not whole yet. */
  static final String UNFINISHED = ".part";

  /**
   * Large enough to make system calls rare; small enough for the copy in between to stay cached.
   */
  static final int PIECE_BYTES = 64 * 1024;

  /** A file that is written again may be this many times as large as what is in it. */
  private static final int MAX_ROOMY = 2;

  private final SpareFiles spares;
  private final File unfinished;
  private final File finished;
  private final RandomAccessFile out;

  /** What it occupied before it was written. */
  private final long size;

  private long length;

  PayloadFile(SpareFiles spares, File unfinished, File finished, RandomAccessFile out, long size) {
    this.spares = spares;
    this.unfinished = unfinished;
    this.finished = finished;
    this.out = out;
    this.size = size;
  }

  static PayloadFile create(Path folder, String name, SpareFiles spares) throws IOException {
    Path path = folder.resolve(name + UNFINISHED);
    File unfinished = path.toFile();
    SpareFiles.Lent spare = spares.take(unfinished);
    if (spare == null) {
      Files.createFile(path, OwnerOnly.file(path));
    }
    return new PayloadFile(
        spares,
        unfinished,
        folder.resolve(name).toFile(),
        new RandomAccessFile(unfinished, "rw"),
        spare == null ? 0 : spare.size());
  }

  void write(byte[] bytes, int offset, int count) throws IOException {
    int end = offset + count;
    for (int from = offset; from < end; from += PIECE_BYTES) {
      int piece = Math.min(PIECE_BYTES, end - from);
      out.write(bytes, from, piece);
      length += piece;
    }
  }

  /** How many bytes have been written for certain. */
  long length() {
    return length;
  }

  /** Reads what has been written, to the front of the array. */
  void readBack(byte[] bytes) throws IOException {
    out.seek(0);
    int filled = 0;
    while (filled < length) {
      int read = out.read(bytes, filled, (int) Math.min(PIECE_BYTES, length - filled));
      if (read < 0) {
        throw new EOFException(unfinished + " has become shorter");
      }
      filled += read;
    }
  }

  /** The file is whole. */
  PayloadReference finish() throws IOException {
    long occupied = Math.max(size, length);
    if (occupied > MAX_ROOMY * length) {
      out.setLength(length);
      occupied = length;
    }
    out.close();
    if (!unfinished.renameTo(finished)) {
      throw new IOException("%s can't be renamed to %s".formatted(unfinished, finished));
    }
    return new PayloadReference(finished.getName(), length, spares.lend(finished, occupied));
  }

  /** The file is not wanted. */
  void discard() {
    try {
      out.close();
    } catch (IOException e) {
      // it goes all the same
    }
    boolean unused = unfinished.delete();
  }
}
