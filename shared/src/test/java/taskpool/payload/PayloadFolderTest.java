package taskpool.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadFolderTest {
  @TempDir Path parent;

  private static void put(Path folder, String... names) throws IOException {
    for (String name : names) {
      Files.write(folder.resolve(name), new byte[1]);
    }
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** As a pool leaves it that was killed with all its workers. */
  private Path folderOfTheDead() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Path own = PayloadFolder.createIn(parent).orElseThrow().path();
    String name = own.getFileName().toString();
    Path folder =
        parent.resolve(
            name.replace("-" + ProcessHandle.current().pid() + "-", "-" + process.pid() + "-"));
    Files.createDirectory(folder);
    put(folder, "client-1", "owner.lock");
    return folder;
  }

  @Test
  void isForItsUserAlone() throws IOException {
    PayloadFolder folder = PayloadFolder.createIn(parent).orElseThrow();
    assertThat(Files.getAttribute(folder.path(), "unix:mode")).isEqualTo(0040700);
    try (PayloadOutput out = folder.ofClient().output()) {
      out.write(new byte[Payloads.FILE_FROM_BYTES]);
      out.finish();
    }
    assertThat(Files.getAttribute(folder.path().resolve("client-1"), "unix:mode"))
        .isEqualTo(0100600);
    folder.remove();
    assertThat(list(parent)).isEmpty();
    folder.remove();
  }

  @Test
  void isNotThereWhereNoneCanBeMade() {
    assertThat(PayloadFolder.createIn(parent.resolve("missing"))).isEmpty();
  }

  @Test
  void whatTheDeadLeftIsSwept() throws Exception {
    Path left = folderOfTheDead();
    PayloadFolder.sweep(parent);
    assertThat(left).doesNotExist();
  }

  @Test
  void whatTheLivingHaveIsNotSwept() throws Exception {
    Path own = PayloadFolder.createIn(parent).orElseThrow().path();
    String name = own.getFileName().toString();
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    Path others =
        parent.resolve(name.replace("-" + ProcessHandle.current().pid() + "-", "-" + alive + "-"));
    Files.createDirectory(others);
    Path noPool = Files.createDirectory(parent.resolve("taskpool-notes"));
    PayloadFolder.sweep(parent);
    assertThat(own.resolve("owner.lock")).exists();
    assertThat(others).exists();
    assertThat(noPool).exists();
  }

  @Test
  void anotherPoolsLockOutlivesASweep() throws Exception {
    PayloadFolder folder = PayloadFolder.createIn(parent).orElseThrow();
    PayloadFolder.sweep(parent);
    // a lock is only seen by other processes
    Process asker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RemoveIfOrphaned.class.getName(),
                folder.path().toString())
            .inheritIO()
            .start();
    assertThat(asker.waitFor()).isZero();
    assertThat(folder.path().resolve("owner.lock")).exists();
    folder.remove();
  }

  /** What a worker does whose parent is gone. */
  static final class RemoveIfOrphaned {
    public static void main(String[] args) {
      PayloadFolder.at(Path.of(args[0])).removeIfOrphaned();
    }
  }

  @Test
  void anOrphanedFolderIsRemoved() throws Exception {
    Path left = folderOfTheDead();
    PayloadFolder.at(left).removeIfOrphaned();
    assertThat(left).doesNotExist();
    PayloadFolder.at(left).removeIfOrphaned();
  }

  @Test
  void ofADeadWorkerOnlyItsResultsStay() throws Exception {
    PayloadFolder folder = PayloadFolder.createIn(parent).orElseThrow();
    put(folder.path(), "client-1", "client-2.part", "client-3.spare");
    put(folder.path(), "worker-3-1", "worker-3-2.part", "worker-3-3.spare");
    put(folder.path(), "worker-31-1", "worker-31-2.part", "worker-31-3.spare");
    put(folder.path(), "tasks-of-worker-3-1", "tasks-of-worker-31-1");
    folder.tidyAfter(3);
    List<String> others =
        List.of(
            "client-1",
            "client-2.part",
            "client-3.spare",
            "owner.lock",
            "tasks-of-worker-31-1",
            "worker-31-1",
            "worker-31-2.part",
            "worker-31-3.spare");
    assertThat(list(folder.path())).containsAll(others).contains("worker-3-1").hasSize(9);
    // its last result has been read
    Files.move(folder.path().resolve("worker-3-1"), folder.path().resolve("worker-3-1.spare"));
    folder.tidyAfter(4);
    assertThat(list(folder.path())).containsExactlyInAnyOrderElementsOf(others);
  }
}
