package taskpool.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProcessBootTest {
  private static final ProcessBoot BOOT =
      new ProcessBoot(
          "唱歌",
          "2:1",
          true,
          1L << 40,
          "MainProcess",
          1L << 33,
          true,
          new byte[] {1},
          new byte[70_000]);

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BOOT.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void arrivesAsItIs() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(written());
    assertThat(ProcessBoot.readFrom(in)).usingRecursiveComparison().isEqualTo(BOOT);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void aParentThatDiesInTheMiddleIsSeen() throws IOException {
    byte[] all = written();
    for (int length : new int[] {0, 1, 20, all.length - 1}) {
      ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(all, length));
      assertThatThrownBy(() -> ProcessBoot.readFrom(in)).isInstanceOf(EOFException.class);
    }
  }
}
