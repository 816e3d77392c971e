package taskpool.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path dir;
  private Path worker;
  private Path akka;
  private Path users;
  private Path classes;

  @BeforeEach
  void makeJars() throws IOException {
    worker = Files.writeString(dir.resolve("taskpool-worker-1.jar"), "w");
    akka = Files.writeString(dir.resolve("akka-actor_2.13-2.8.5.jar"), "a");
    users = Files.writeString(dir.resolve("shop-1.jar"), "u");
    classes = Files.createDirectory(dir.resolve("classes"));
  }

  private ClassArchive of(Path... entries) {
    return ClassArchive.of(path(entries), Optional.of(dir.resolve("cache")));
  }

  private static String path(Path... entries) {
    return String.join(File.pathSeparator, List.of(entries).stream().map(Path::toString).toList());
  }

  @Test
  void holdsOurJarsWhichComeFirst() {
    ClassArchive archive = of(classes, users, akka, worker);

    assertThat(archive.archivedClassPath()).isEqualTo(path(akka, worker));
    assertThat(archive.classPath()).isEqualTo(path(akka, worker, classes, users));
  }

  @Test
  void doesNotDependOnTheProgramsOwnJars() {
    assertThat(of(users, akka, worker).file()).isEqualTo(of(classes, akka, worker).file());
  }

  @Test
  void isAnotherWhenAJarHasChanged() throws IOException {
    Optional<Path> before = of(akka, worker).file();
    Files.setLastModifiedTime(akka, FileTime.from(Instant.EPOCH));

    assertThat(of(akka, worker).file()).isNotEqualTo(before).isPresent();
  }

  @Test
  void isUsedOnlyWhenItIsThere() throws IOException {
    ClassArchive archive = of(akka, worker);
    assertThat(archive.useOptions()).isEmpty();

    Path file = archive.file().orElseThrow();
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");

    assertThat(archive.useOptions()).anyMatch(option -> option.endsWith("=" + file));
  }

  @Test
  void leavesTheClassPathAloneWhereThereCanBeNone() {
    String classPath = path(classes, users, akka);

    assertThat(ClassArchive.of(classPath, Optional.of(dir)).classPath()).isEqualTo(classPath);
    assertThat(ClassArchive.of(classPath, Optional.of(dir)).file()).isEmpty();
    assertThat(ClassArchive.of(path(users, worker), Optional.empty()).classPath())
        .isEqualTo(path(users, worker));
    assertThat(ClassArchive.of(path(users, worker), Optional.empty()).file()).isEmpty();
  }

  @Test
  void isNotMadeInAFolderThatCantBeWritten() throws IOException {
    Path noFolder = Files.writeString(dir.resolve("file"), "");
    ClassArchive archive = ClassArchive.of(path(akka, worker), Optional.of(noFolder));

    assertThat(ArchiveRecording.start(archive, "java")).isEmpty();
  }

  @Test
  void isNotMadeAgainSoonAfterItHasFailed() throws Exception {
    ClassArchive archive = of(akka, worker); // jars that are none: the recording can't start
    ArchiveRecording first = ArchiveRecording.start(archive, JvmCommandLine.java()).orElseThrow();
    first.end(Duration.ofSeconds(30));
    Path file = archive.file().orElseThrow();

    assertThat(file).doesNotExist();
    assertThat(file.resolveSibling(file.getFileName() + ".failed")).exists();
    assertThat(ArchiveRecording.start(archive, JvmCommandLine.java())).isEmpty();
  }

  @Test
  void onlyTheLatestStayWhenAnotherIsMade() throws Exception {
    ClassArchive archive = of(akka, worker);
    Path folder = archive.file().orElseThrow().getParent();
    Files.createDirectories(folder);
    for (int age = 1; age <= 9; age++) {
      Path old = Files.writeString(folder.resolve("worker-" + age + ".jsa"), "");
      Files.setLastModifiedTime(
          old, FileTime.from(Instant.now().minus(Duration.ofDays(age == 2 ? 40 : age))));
    }
    ArchiveRecording recording =
        ArchiveRecording.start(archive, JvmCommandLine.java()).orElseThrow();
    recording.end(Duration.ofSeconds(30));

    assertThat(folder.toFile().list((dir, name) -> name.endsWith(".jsa")))
        .containsExactlyInAnyOrder("worker-1.jsa", "worker-3.jsa", "worker-4.jsa", "worker-5.jsa");
  }
}
