package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveRecordingTest {
  @TempDir Path dir;

  private ClassArchive archive() throws IOException {
    Path jar = Files.writeString(dir.resolve("taskpool-worker-1.jar"), "w");
    return ClassArchive.of(jar.toString(), Optional.of(dir.resolve("cache")));
  }

  private String endlessJava() throws IOException {
    Path java = Files.writeString(dir.resolve("java"), "#!/bin/sh\nexec sleep 60\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return java.toString();
  }

  @Test
  void oneThatCannotBeStartedKeepsNobodyElseFromIt() throws Exception {
    ClassArchive archive = archive();
    Path target = Path.of(archive.file().orElseThrow() + ".new");
    Files.createDirectories(target.resolve("folder")); // can't be deleted as a file is

    assertThat(ArchiveRecording.start(archive, "java")).isEmpty();
    try (FileChannel lock = FileChannel.open(dir.resolve("cache/lock"), StandardOpenOption.WRITE);
        FileLock held = lock.tryLock()) {
      assertThat(held).isNotNull();
    }
  }

  @Test
  void oneThatTakesTooLongIsNotTriedAgainSoon() throws Exception {
    ClassArchive archive = archive();
    String java = endlessJava();
    ArchiveRecording slow = ArchiveRecording.start(archive, java).orElseThrow();
    slow.end(Duration.ofMillis(10));

    assertThat(ArchiveRecording.start(archive, java)).isEmpty();
    assertThat(Path.of(archive.file().orElseThrow() + ".failed")).exists();
  }

  @Test
  void oneThatIsKilledWithItsProgramIsTriedAgain() throws Exception {
    ClassArchive archive = archive();
    String java = endlessJava();
    ArchiveRecording killed = ArchiveRecording.start(archive, java).orElseThrow();
    killed.kill();
    killed.end(Duration.ofSeconds(30));

    ArchiveRecording next = ArchiveRecording.start(archive, java).orElseThrow();
    next.kill();
    next.end(Duration.ofSeconds(30));
  }
}
