package taskpool.payload;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How one process writes, reads and releases payloads. Those of some size lie in a file, if there
 * is a folder for them. Thread-safe.
 */
public final class Payloads {
  /** From this size on a file costs less than the way through the sockets; measured. */
  public static final int FILE_FROM_BYTES = 64 * 1024;

  private static final Payloads IN_MESSAGES = new Payloads(null, "");

  private final @Nullable Path folder;
  private final String owner;
  private final AtomicLong lastFile = new AtomicLong();
  private final SpareFiles spares = new SpareFiles();

  private Payloads(@Nullable Path folder, String owner) {
    this.folder = folder;
    this.owner = owner;
  }

  /** Where there is no folder that both ends see: every payload is the values themselves. */
  public static Payloads inMessages() {
    return IN_MESSAGES;
  }

  /**
   * With large payloads in this folder.
   *
   * @param owner begins the names of all files written here; one process's own
   */
  static Payloads in(Path folder, String owner) {
    return new Payloads(folder, owner);
  }

  /** A payload to be written; from {@link #FILE_FROM_BYTES} on into a file. */
  public PayloadOutput output() {
    return new PayloadOutput(this::newFile);
  }

  /** Whether the values lie in a file, to be read with {@link #open}. */
  public static boolean isInFile(byte[] payload) {
    return PayloadReference.is(payload);
  }

  /**
   * Opens a payload that lies in a file.
   *
   * @throws IOException if the file is gone, or this process has no folder
   */
  public PayloadInput open(byte[] payload) throws IOException {
    PayloadReference reference = PayloadReference.decode(payload);
    return new PayloadInput(file(reference), reference.length());
  }

  /** A payload with the values in it, whatever it was; the file is left alone. */
  public byte[] toMemory(byte[] payload) throws IOException {
    if (!isInFile(payload)) {
      return payload;
    }
    try (PayloadInput in = open(payload)) {
      byte[] bytes = new byte[Math.toIntExact(in.length())];
      in.readFully(bytes);
      return bytes;
    }
  }

  /** Nobody reads this payload any more. Does nothing but for one in a file. */
  public void release(byte @Nullable [] payload) {
    if (payload == null || folder == null || !isInFile(payload)) {
      return;
    }
    try {
      PayloadReference reference = PayloadReference.decode(payload);
      if (reference.reusable()) {
        SpareFiles.giveBack(file(reference));
      } else {
        boolean unused = file(reference).delete();
      }
    } catch (IOException e) {
      // then there is no file to delete
    }
  }

  /** How many bytes the values take, wherever they lie. */
  public static long length(byte @Nullable [] payload) {
    if (payload == null) {
      return 0;
    }
    return isInFile(payload) ? PayloadReference.lengthOf(payload) : payload.length;
  }

  private File file(PayloadReference reference) throws IOException {
    if (folder == null) {
      throw new IOException("it lies in a file of another host: " + reference.file());
    }
    return folder.resolve(reference.file()).toFile();
  }

  /** A file to write to, or null where there is no folder. */
  private @Nullable PayloadFile newFile() throws IOException {
    return folder == null
        ? null
        : PayloadFile.create(folder, owner + "-" + lastFile.incrementAndGet(), spares);
  }
}
