package taskpool.payload;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.NoSuchFileException;

/**
 * A payload in a file while it is read. Large reads go straight into the reader's array. Confined
 * to one thread.
 *
 * <p>The file may be released meanwhile, and written again: that of a task which runs elsewhere
 * since its worker was given up. It then has another name, and as names are never used twice, what
 * was read before the name was seen is what was written under it.
 */
public final class PayloadInput extends InputStream {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final File file;
  private final RandomAccessFile in;
  private final long length;

  /** Where the file stands: at the end of the buffer's bytes. */
  private long filePosition;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int bufferStart;
  private int bufferEnd;

  PayloadInput(File file, long length) throws IOException {
    this.file = file;
    this.length = length;
    this.in = new RandomAccessFile(file, "r");
  }

  /** How many bytes there are in all. */
  public long length() {
    return length;
  }

  /** How many have been read. */
  public long position() {
    return filePosition - (bufferEnd - bufferStart);
  }

  /** Goes on reading elsewhere. */
  public void seek(long position) throws IOException {
    bufferStart = 0;
    bufferEnd = 0;
    filePosition = position;
    in.seek(position);
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, length - position());
  }

  @Override
  public int read() throws IOException {
    if (bufferStart == bufferEnd && !fillBuffer()) {
      return -1;
    }
    return buffer[bufferStart++] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (bufferStart == bufferEnd) {
      if (count >= BUFFER_BYTES / 2) {
        int read = readFile(bytes, offset, count);
        checkStillThere();
        return read;
      }
      if (!fillBuffer()) {
        return -1;
      }
    }
    int taken = Math.min(count, bufferEnd - bufferStart);
    System.arraycopy(buffer, bufferStart, bytes, offset, taken);
    bufferStart += taken;
    return taken;
  }

  private boolean fillBuffer() throws IOException {
    int read = readFile(buffer, 0, BUFFER_BYTES);
    checkStillThere();
    bufferStart = 0;
    bufferEnd = Math.max(0, read);
    return read > 0;
  }

  private int readFile(byte[] bytes, int offset, int count) throws IOException {
    long left = length - filePosition;
    if (left <= 0) {
      return -1;
    }
    int wanted = (int) Math.min(left, Math.min(count, PayloadFile.PIECE_BYTES));
    int read = in.read(bytes, offset, wanted);
    if (read < 0) {
      throw new EOFException("%s ends after %d of %d bytes".formatted(file, filePosition, length));
    }
    filePosition += read;
    return read;
  }

  /** Whoever writes the file again takes its name away before. */
  private void checkStillThere() throws IOException {
    if (!file.exists()) {
      throw new NoSuchFileException(file.getPath(), null, "released while it was read");
    }
  }

  /** Fills the array. */
  public void readFully(byte[] bytes) throws IOException {
    int filled = Math.min(bytes.length, bufferEnd - bufferStart);
    System.arraycopy(buffer, bufferStart, bytes, 0, filled);
    bufferStart += filled;
    while (filled < bytes.length) {
      int read = readFile(bytes, filled, bytes.length - filled);
      if (read < 0) {
        throw new EOFException("%s holds only %d bytes".formatted(file, length));
      }
      filled += read;
    }
    checkStillThere();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
