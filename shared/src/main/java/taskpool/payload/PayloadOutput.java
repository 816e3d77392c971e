package taskpool.payload;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A payload while it is written. The first {@link Payloads#FILE_FROM_BYTES} are kept in memory;
 * when more come, all goes into a file. If that fails, all stays in memory after all. Confined to
 * one thread; never throws for want of room in a file system.
 */
public final class PayloadOutput extends OutputStream {
  private static final int FIRST_BYTES = 512;
  private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

  /** Where files come from; gives none where there is no folder. */
  interface FileSource {
    @Nullable PayloadFile create() throws IOException;
  }

  private final FileSource files;
  private byte[] memory = new byte[FIRST_BYTES];
  private int used;
  private @Nullable PayloadFile file;
  private boolean staysInMemory;

  PayloadOutput(FileSource files) {
    this.files = files;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (file == null && !staysInMemory && (long) used + count >= Payloads.FILE_FROM_BYTES) {
      moveToFile();
    }
    PayloadFile open = file;
    if (open == null) {
      append(bytes, offset, count);
      return;
    }
    long before = open.length();
    try {
      open.write(bytes, offset, count);
    } catch (IOException full) {
      moveToMemory(open);
      int written = Math.toIntExact(open.length() - before);
      append(bytes, offset + written, count - written);
    }
  }

  private void moveToFile() {
    PayloadFile created = null;
    try {
      created = files.create();
      if (created != null) {
        created.write(memory, 0, used);
        memory = new byte[0];
        used = 0;
      }
    } catch (IOException full) {
      if (created != null) {
        created.discard();
        created = null;
      }
    }
    file = created;
    staysInMemory = created == null;
  }

  private void moveToMemory(PayloadFile full) throws IOException {
    used = Math.toIntExact(full.length());
    memory = new byte[used];
    full.readBack(memory);
    full.discard();
    file = null;
    staysInMemory = true;
  }

  private void append(byte[] bytes, int offset, int count) {
    long needed = (long) used + count;
    if (needed > memory.length) {
      if (needed > MAX_ARRAY_LENGTH) {
        throw new OutOfMemoryError(
            "a payload of more than 2 GiB needs a file, and none can be had");
      }
      long roomy = Math.min(MAX_ARRAY_LENGTH, 2L * memory.length);
      memory = Arrays.copyOf(memory, (int) Math.max(needed, roomy));
    }
    System.arraycopy(bytes, offset, memory, used, count);
    used += count;
  }

  /** All has been written: the payload that tells it. */
  public byte[] finish() throws IOException {
    PayloadFile whole = file;
    if (whole == null) {
      return Arrays.copyOf(memory, used);
    }
    PayloadReference reference = whole.finish();
    file = null;
    return reference.encode();
  }

  /** Gives up what has not been finished. */
  @Override
  public void close() {
    PayloadFile unfinished = file;
    if (unfinished != null) {
      unfinished.discard();
      file = null;
    }
  }
}
