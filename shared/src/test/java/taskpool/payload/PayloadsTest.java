package taskpool.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
  private static final int LARGE = Payloads.FILE_FROM_BYTES;

  @TempDir Path folder;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = 0x58; // as values may begin
    return bytes;
  }

  private static byte[] write(Payloads payloads, byte[] bytes, int piece) throws IOException {
    try (PayloadOutput out = payloads.output()) {
      for (int from = 0; from < bytes.length; from += piece) {
        out.write(bytes, from, Math.min(piece, bytes.length - from));
      }
      return out.finish();
    }
  }

  private static byte[] write(Payloads payloads, byte[] bytes) throws IOException {
    return write(payloads, bytes, bytes.length);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 513, LARGE - 1})
  void whatIsSmallIsThePayload(int length) throws IOException {
    byte[] bytes = random(length);
    for (int piece : new int[] {length, 100}) {
      byte[] payload = write(Payloads.in(folder, "a"), bytes, piece);
      assertThat(payload).isEqualTo(bytes);
      assertThat(Payloads.isInFile(payload)).isFalse();
      assertThat(Payloads.length(payload)).isEqualTo(length);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void nothingAtAllIsAPayload() throws IOException {
    byte[] payload = Payloads.in(folder, "a").output().finish();
    assertThat(payload).isEmpty();
    assertThat(Payloads.isInFile(payload)).isFalse();
    assertThat(Payloads.length(null)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {LARGE, LARGE + 1, 3 * LARGE + 17})
  void whatIsLargeLiesInAFileUntilItIsReleased(int length) throws IOException {
    byte[] bytes = random(length);
    for (int piece : new int[] {length, 1000, LARGE - 1}) {
      Payloads payloads = Payloads.in(folder, "a" + piece);
      byte[] payload = write(payloads, bytes, piece);
      assertThat(payload).hasSizeLessThan(64);
      assertThat(Payloads.isInFile(payload)).isTrue();
      assertThat(Payloads.length(payload)).isEqualTo(length);
      assertThat(files()).containsExactly("a" + piece + "-1");
      assertThat(payloads.toMemory(payload)).isEqualTo(bytes);
      payloads.release(payload);
      assertThat(files()).containsExactly("a" + piece + "-1.spare");
      Files.delete(folder.resolve("a" + piece + "-1.spare"));
    }
  }

  @Test
  void oneByteAfterTheOther() throws IOException {
    byte[] bytes = random(LARGE + 10);
    Payloads payloads = Payloads.in(folder, "a");
    try (PayloadOutput out = payloads.output()) {
      for (byte each : bytes) {
        out.write(each);
      }
      byte[] payload = out.finish();
      try (PayloadInput in = payloads.open(payload)) {
        for (byte each : bytes) {
          assertThat(in.read()).isEqualTo(each & 0xFF);
        }
        assertThat(in.read()).isEqualTo(-1);
        in.seek(LARGE);
        assertThat(in.position()).isEqualTo(LARGE);
        assertThat(in.readNBytes(11)).isEqualTo(Arrays.copyOfRange(bytes, LARGE, LARGE + 10));
      }
    }
  }

  @Test
  void withoutAFolderAllTravelsInMessages() throws IOException {
    byte[] bytes = random(2 * LARGE);
    assertThat(write(Payloads.inMessages(), bytes)).isEqualTo(bytes);
    assertThat(write(Payloads.in(folder.resolve("gone"), "a"), bytes)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, LARGE, 2 * LARGE + 5})
  void aFullFileSystemIsNoError(int room) throws IOException {
    File unfinished = folder.resolve("a-1.part").toFile();
    RandomAccessFile small =
        new RandomAccessFile(unfinished, "rw") {
          @Override
          public void write(byte[] bytes, int offset, int count) throws IOException {
            int fits = (int) Math.min(count, Math.max(0, room - length()));
            super.write(bytes, offset, fits);
            if (fits < count) {
              throw new IOException("No space left on device");
            }
          }
        };
    PayloadFile file =
        new PayloadFile(new SpareFiles(), unfinished, folder.resolve("a-1").toFile(), small, 0);
    byte[] bytes = random(4 * LARGE);
    try (PayloadOutput out = new PayloadOutput(() -> file)) {
      for (int from = 0; from < bytes.length; from += 1024) {
        out.write(bytes, from, 1024);
      }
      assertThat(out.finish()).isEqualTo(bytes);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws IOException {
    try (PayloadOutput out = Payloads.in(folder, "a").output()) {
      out.write(random(LARGE));
      assertThat(files()).containsExactly("a-1.part");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aFileThatComesBackIsWrittenAgain() throws IOException {
    Payloads payloads = Payloads.in(folder, "a");
    byte[] first = write(payloads, random(3 * LARGE));
    Object place = Files.readAttributes(folder.resolve("a-1"), "unix:ino").get("ino");
    payloads.release(first);
    byte[] shorter = random(2 * LARGE);
    byte[] second = write(payloads, shorter);
    assertThat(files()).containsExactly("a-2");
    assertThat(Files.readAttributes(folder.resolve("a-2"), "unix:ino")).containsValue(place);
    assertThat(payloads.toMemory(second)).isEqualTo(shorter);
    payloads.release(second);
    byte[] muchShorter = random(LARGE);
    byte[] third = write(payloads, muchShorter);
    assertThat(payloads.toMemory(third)).isEqualTo(muchShorter);
    assertThat(Files.size(folder.resolve("a-3"))).as("no more than twice").isEqualTo(LARGE);
  }

  @Test
  void onlySoMuchIsKeptToBeWrittenAgain() throws IOException {
    Payloads payloads = Payloads.in(folder, "a");
    byte[] large = random(5 * 1024 * 1024);
    for (int i = 0; i < 4; i++) {
      write(payloads, large);
    }
    for (int i = 1; i <= 4; i++) {
      payloads.release(new PayloadReference("a-" + i, large.length, i <= 3).encode());
    }
    assertThat(files()).containsExactly("a-1.spare", "a-2.spare", "a-3.spare");
  }

  @Test
  void aReaderNeverTakesAnothersBytesForItsOwn() throws IOException {
    Payloads payloads = Payloads.in(folder, "a");
    byte[] first = write(payloads, random(2 * LARGE));
    try (PayloadInput in = payloads.open(first)) {
      in.readNBytes(10);
      payloads.release(first);
      write(payloads, new byte[2 * LARGE]);
      byte[] rest = new byte[2 * LARGE - 10];
      assertThatThrownBy(() -> in.readFully(rest)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void whatCantBeReadIsAnError() throws IOException {
    Payloads payloads = Payloads.in(folder, "a");
    byte[] payload = write(payloads, random(LARGE));
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("a-1").toFile(), "rw")) {
      file.setLength(LARGE - 1);
    }
    assertThatThrownBy(() -> payloads.toMemory(payload)).isInstanceOf(EOFException.class);
    Files.delete(folder.resolve("a-1"));
    assertThatThrownBy(() -> payloads.open(payload)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Payloads.inMessages().open(payload))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another host");
    payloads.release(payload);
    assertThatThrownBy(() -> payloads.open(new PayloadReference("../x", 1, false).encode()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a reference");
    assertThatThrownBy(() -> payloads.open(new byte[] {-1, 0}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut off");
  }
}
