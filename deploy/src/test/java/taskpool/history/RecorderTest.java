package taskpool.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  @TempDir Path folder;

  @Test
  void readsWhatWasWrittenWithoutAnEnd() throws Exception {
    try (Recorder recorder = new Recorder(folder, "7/me")) {
      assertThat(recorder.record("value", "get", "", () -> "1")).isEqualTo("1");
      assertThatThrownBy(
              () ->
                  recorder.record(
                      "lock",
                      "acquire",
                      "",
                      () -> {
                        throw new IllegalStateException("closed");
                      }))
          .hasMessage("closed");
      assertThat(recorder.record("value", "getAndSet", "2", () -> "1")).isEqualTo("1");
    }
    Path file = folder.resolve("7-me.log");
    Files.writeString(file, "12345\task\t7/me\tvalue\tget\t\n", StandardOpenOption.APPEND);
    Files.writeString(file, "12346\tto", StandardOpenOption.APPEND);

    List<Operation> read = Recorder.read(folder);
    assertThat(read)
        .extracting(Operation::name)
        .containsExactly("get", "acquire", "getAndSet", "get");
    assertThat(read).extracting(Operation::isPending).containsExactly(false, true, false, true);
    assertThat(read).extracting(Operation::process).containsOnly("7");
    assertThat(read.get(0).endNanos() - read.get(0).startNanos()).isNotNegative();
  }
}
