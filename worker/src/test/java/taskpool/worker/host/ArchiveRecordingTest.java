package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveRecordingTest {
  @TempDir Path dir;

  @Test
  void oneThatCannotBeStartedKeepsNobodyElseFromIt() throws Exception {
    Path jar = Files.writeString(dir.resolve("taskpool-worker-1.jar"), "w");
    Path cache = dir.resolve("cache");
    ClassArchive archive = ClassArchive.of(jar.toString(), Optional.of(cache));
    Path target = Path.of(archive.file().orElseThrow() + ".new");
    Files.createDirectories(target.resolve("folder")); // can't be deleted as a file is

    assertThat(ArchiveRecording.start(archive, "java")).isEmpty();
    try (FileChannel lock = FileChannel.open(cache.resolve("lock"), StandardOpenOption.WRITE);
        FileLock held = lock.tryLock()) {
      assertThat(held).isNotNull();
    }
  }
}
