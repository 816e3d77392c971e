package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import taskpool.error.CrashReport;

class CrashFileTest {
  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = temp.resolve("hs_err_pid12.log");
    Files.write(file, Collections.nCopies(100, "line"));
  }

  @Test
  void theFirstLinesAreRead() {
    assertThat(CrashFile.read(file, Instant.now()))
        .contains(new CrashReport(file, Collections.nCopies(40, "line")));
  }

  @Test
  void aReportOfAnEarlierProcessIsNotTaken() throws Exception {
    Instant started = Instant.now();
    Files.setLastModifiedTime(file, FileTime.from(started.minus(Duration.ofMinutes(1))));
    assertThat(CrashFile.read(file, started)).isEmpty();
  }

  @Test
  void mostDeathsLeaveNoReport() {
    assertThat(CrashFile.read(temp.resolve("none"), Instant.now())).isEmpty();
  }

  @Test
  void theUsersOwnPlaceIsKnown() {
    JvmCommandLine chosen =
        new JvmCommandLine(
            Optional.empty(),
            List.of("-XX:ErrorFile=/some/first", "-XX:ErrorFile=/some/%p/crash-%p"));
    assertThat(chosen.crashReport(12)).isEqualTo(Path.of("/some/12/crash-12"));
    JvmCommandLine plain = new JvmCommandLine(Optional.empty(), List.of("-ea"));
    assertThat(plain.crashReport(12))
        .isEqualTo(
            Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid12.log").toAbsolutePath());
  }
}
