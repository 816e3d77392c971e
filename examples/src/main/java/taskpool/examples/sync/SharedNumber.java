package taskpool.examples.sync;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A number that all processes of the machine can read and write: it is in a file. Guarded by
 * nothing, so who reads it and writes another needs a lock.
 */
record SharedNumber(Path file) {

  /** A number in a file of its own, which goes with this program. */
  static SharedNumber of(int number) throws IOException {
    File file = Files.createTempFile("taskpool-number-", "").toFile();
    file.deleteOnExit(); // on Ctrl-C, too
    SharedNumber shared = new SharedNumber(file.toPath());
    shared.write(number);
    return shared;
  }

  int read() {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file)).getInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(int number) {
    try {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
      Files.write(file, bytes, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
