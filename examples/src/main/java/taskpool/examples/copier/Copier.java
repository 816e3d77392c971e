package taskpool.examples.copier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;
import taskpool.TaskContext;
import taskpool.deploy.cli.Main;

/**
 * The multi-process file copier of the tutorials: what the workers do, and the main class. The
 * program around it is {@link CopyRun}.
 */
public final class Copier {
  private static final int BUFFER_BYTES = 1 << 20;

  /**
   * What became of a copied file.
   *
   * @param attempt 2 or more if a worker died while it was copying this file
   */
  public record Copied(long bytes, int attempt) {}

  private Copier() {}

  /** Takes the arguments of {@code taskpool demo copy}. */
  public static void main(String... args) {
    System.exit(Main.execute(new CopyDemo(), args));
  }

  /**
   * Copies a file with its contents, time and permissions. The target appears under its name when
   * it is complete, so a worker's death leaves no half a file there.
   *
   * @param staging a folder on the target's file system for what is not complete
   */
  static Copied copy(Path source, Path target, Path staging) throws IOException {
    TaskContext task = TaskContext.current();
    for (int died = 1; died < task.attempt(); died++) {
      Files.deleteIfExists(part(staging, task, died));
    }
    Path part = part(staging, task, task.attempt());
    try {
      long bytes = copyContents(source, part);
      copyAttributes(source, part);
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("a folder is in its place: " + target);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return new Copied(bytes, task.attempt());
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path part(Path staging, TaskContext task, int attempt) {
    return staging.resolve(task.taskId() + "-" + attempt + ".part");
  }

  private static long copyContents(Path source, Path part) throws IOException {
    try (InputStream in = open(source);
        OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
      long size = Files.size(source);
      return readAll(in, out, done -> TaskContext.current().progress(done, size, ""));
    }
  }

  /** Opens a regular file and nothing else: to open a named pipe would wait for a writer. */
  private static InputStream open(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException("it is not a file any more");
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static long readAll(InputStream in, OutputStream out, LongConsumer progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long done = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      done += read;
      progress.accept(done);
    }
    return done;
  }

  private static void copyAttributes(Path source, Path part) throws IOException {
    Files.setLastModifiedTime(part, Files.getLastModifiedTime(source));
    PosixFileAttributeView from = Files.getFileAttributeView(source, PosixFileAttributeView.class);
    PosixFileAttributeView to = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    if (from != null && to != null) {
      to.setPermissions(from.readAttributes().permissions());
    }
  }

  /** Proves that a copy has the size and the SHA-256 of its source; gives the size. */
  static long verify(Path source, Path copy) throws IOException {
    if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it came while the others were copied");
    }
    long size = Files.size(source);
    if (Files.size(copy) != size) {
      throw new IOException("the copy has %d bytes, the file %d".formatted(Files.size(copy), size));
    }
    TaskContext task = TaskContext.current();
    byte[] expected = sha256(source, done -> task.progress(done / 2, size, ""));
    byte[] actual = sha256(copy, done -> task.progress((size + done) / 2, size, ""));
    if (!MessageDigest.isEqual(expected, actual)) {
      throw new IOException("the copy differs from the file");
    }
    return size;
  }

  private static byte[] sha256(Path file, LongConsumer progress) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(open(file), sha256)) {
        readAll(in, OutputStream.nullOutputStream(), progress);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
