package taskpool.examples.copier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taskpool.TaskPool;
import taskpool.examples.ExampleProcess;

class CopierIT {
  private static final int LARGE = 32 * 1024 * 1024;

  @TempDir Path temp;
  private Path source;
  private Path target;

  @BeforeEach
  void createSource() throws IOException {
    temp = temp.toRealPath();
    source = Files.createDirectory(temp.resolve("src"));
    target = temp.resolve("dst");
  }

  private static ExampleProcess copy(Object... arguments) {
    return ExampleProcess.java(Copier.class).start(arguments);
  }

  private void write(String name, int bytes) throws IOException {
    Path file = source.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] contents = new byte[bytes];
    new Random(name.hashCode()).nextBytes(contents);
    Files.write(file, contents);
  }

  /** Everything in a folder: a file's contents as text, a link's text, or "folder". */
  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(each -> !each.equals(folder)).toList()) {
        String name = folder.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          all.put(name, "-> " + Files.readSymbolicLink(path));
        } else if (Files.isDirectory(path)) {
          all.put(name, "folder");
        } else {
          all.put(name, Files.size(path) + " bytes " + Arrays.hashCode(Files.readAllBytes(path)));
        }
      }
    }
    return all;
  }

  private void writeSomeOfEverything() throws IOException {
    write("file", 1000);
    write("empty", 0);
    write("two words/and a  third", 12_345);
    write("中文/文件 (副本).txt", 77);
    write("a/b/c/d/e", 5);
    write("large", 3_000_001);
    Files.createDirectories(source.resolve("nothing in here/nor here"));
    Files.createSymbolicLink(source.resolve("a/link"), Path.of("../中文"));
    Files.createSymbolicLink(source.resolve("dangling"), Path.of("a/nobody"));
    Files.createSymbolicLink(source.resolve("around"), Path.of("../src/file"));
    Files.createSymbolicLink(source.resolve("a/absolute"), source.resolve("a/b"));
  }

  private void checkEverything(Path copy) throws IOException {
    Map<String, String> expected = contents(source);
    expected.put("around", "-> file"); // else they would lead back to the source
    expected.put("a/absolute", "-> b");
    assertThat(contents(copy)).isEqualTo(expected);
  }

  @Test
  void copiesAllKindsOfFilesAndSaysSo() throws Exception {
    writeSomeOfEverything();
    Files.setPosixFilePermissions(
        source.resolve("file"), PosixFilePermissions.fromString("rwxr-x---"));
    FileTime time = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
    Files.setLastModifiedTime(source.resolve("file"), time);
    try (ExampleProcess example = copy(source).expectExit(0)) {
      Path copy = temp.resolve("src-copy");
      checkEverything(copy);
      assertThat(Files.getPosixFilePermissions(copy.resolve("file")))
          .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
      assertThat(Files.getLastModifiedTime(copy.resolve("file"))).isEqualTo(time);
      assertThat(example.out()).first().isEqualTo("copying " + source + " to " + copy);
      assertThat(example.lastLine())
          .matches("copied 6 files, 3\\.0 MB, verified, 3 workers, [0-9.]+ s");
      assertThat(example.err())
          .allMatch(
              line ->
                  line.matches("(copying|verifying) \\d+ %, \\d/6 files, [0-9.]+ (bytes|kB|MB)"))
          .anyMatch(line -> line.startsWith("copying 100 %"))
          .anyMatch(line -> line.startsWith("verifying 100 %, 6/6 files"));
    }
  }

  @Test
  void namesBeyondAsciiSurviveAPlainLocale() throws Exception {
    writeSomeOfEverything();
    try (ExampleProcess example =
        ExampleProcess.java(Copier.class).environment("LC_ALL", "C").start(source, target)) {
      example.expectExit(0);
      checkEverything(target);
    }
  }

  @Test
  void anEmptyFolderIsCopied() throws Exception {
    try (ExampleProcess example = copy(source, target, "--workers", 1).expectExit(0)) {
      assertThat(contents(target)).isEmpty();
      assertThat(example.lastLine()).startsWith("copied 0 files, 0 bytes, verified, 1 workers, ");
    }
  }

  @Test
  void whatCannotBeCopiedIsNamedAndTheRestIsCopied() throws Exception {
    write("good", 10);
    write("sub/good", 20);
    write("secret", 30);
    write("closed/inside", 40);
    write("folder in its place", 50);
    write("file in its place/inside", 60);
    Files.createSymbolicLink(source.resolve("way out"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(source.resolve("sub/way up"), Path.of("../../other"));
    assertThat(new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).start().waitFor())
        .isZero();
    setPermissions("secret", "---------");
    setPermissions("closed", "---------");
    Files.createDirectories(target.resolve("folder in its place"));
    Files.createFile(target.resolve("file in its place"));
    try (ExampleProcess example =
        withoutPrivileges().start(source, target, "--force").expectExit(1)) {
      setPermissions("closed", "rwx------");
      assertThat(contents(target))
          .containsOnlyKeys("good", "sub", "sub/good", "folder in its place", "file in its place");
      assertThat(example.err().stream().filter(line -> line.startsWith("taskpool:")).toList())
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).startsWith("taskpool: not copied: secret: no permission"),
              line -> assertThat(line).startsWith("taskpool: not copied: closed: no permission"),
              line ->
                  assertThat(line)
                      .startsWith(
                          "taskpool: not copied: folder in its place: a folder is in its place"),
              line ->
                  assertThat(line)
                      .startsWith("taskpool: not copied: file in its place: something else"),
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "taskpool: not copied: way out: a link that leads out of the folder, to"
                              + " /etc/passwd"),
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "taskpool: not copied: sub/way up: a link that leads out of the folder,"
                              + " to ../../other"),
              line -> assertThat(line).startsWith("taskpool: not copied: pipe: neither a file"));
      assertThat(example.lastLine())
          .matches("copied 2 files, 30 bytes, verified, 3 workers, [0-9.]+ s, 7 not copied");
    }
  }

  /** To root, nothing is unreadable; here, not even to root. */
  private static ExampleProcess.Setup withoutPrivileges() {
    ExampleProcess.Setup setup = ExampleProcess.java(Copier.class);
    return System.getProperty("user.name").equals("root")
        ? setup.through("setpriv", "--bounding-set=-dac_override,-dac_read_search")
        : setup;
  }

  private void setPermissions(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        source.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothingBehind() throws Exception {
    write("small", 10);
    write("too large", 3_000_000);
    try (ExampleProcess example =
        ExampleProcess.java(Copier.class)
            .through("prlimit", "--fsize=2000000") // as if the disk were full
            .start(source, target)
            .expectExit(1)) {
      assertThat(contents(target)).containsOnlyKeys("small");
      assertThat(example.err()).contains("taskpool: not copied: too large: File too large");
      assertThat(example.lastLine())
          .startsWith("copied 1 files, 10 bytes, verified")
          .endsWith("1 not copied");
    }
  }

  @Test
  void aFileThatGoesBeforeItsTurnIsAnErrorOfItsTask() throws Exception {
    try (TaskPool pool = TaskPool.local(1)) {
      assertThatThrownBy(() -> pool.apply(Copier::copy, source.resolve("gone"), target, temp))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(NoSuchFileException.class)
          .satisfies(e -> assertThat(Failures.reason(e)).startsWith("not there any more: "));
      write("one", 1);
      write("other", 2);
      assertThatThrownBy(
              () -> pool.apply(Copier::verify, source.resolve("one"), source.resolve("other")))
          .hasMessageContaining("the copy has 2 bytes, the file 1");
      Files.write(source.resolve("other"), new byte[] {1});
      Files.write(source.resolve("one"), new byte[] {2});
      assertThatThrownBy(
              () -> pool.apply(Copier::verify, source.resolve("one"), source.resolve("other")))
          .hasMessageContaining("the copy differs from the file");
    }
  }

  @Test
  void anExistingTargetIsRefusedUnlessForced() throws Exception {
    write("file", 10);
    Files.createDirectory(target);
    Files.writeString(target.resolve("file"), "old");
    Files.writeString(target.resolve("other"), "stays");
    try (ExampleProcess example = copy(source, target).expectExit(2)) {
      assertThat(example.err())
          .containsExactly(
              "taskpool: DST %s exists: give another, or --force to copy into it (see copy --help)"
                  .formatted(target));
      assertThat(Files.readString(target.resolve("file"))).isEqualTo("old");
    }
    try (ExampleProcess example = copy("--force", source, target).expectExit(0)) {
      assertThat(example.lastLine()).startsWith("copied 1 files, 10 bytes, verified, ");
      assertThat(Files.mismatch(source.resolve("file"), target.resolve("file"))).isEqualTo(-1);
      assertThat(Files.readString(target.resolve("other"))).isEqualTo("stays");
    }
  }

  static Stream<List<Object>> wrongArguments() {
    return Stream.of(
        List.of(2, "SRC", "which folder"),
        List.of(2, "TEMP/nope", "TEMP/nope", "does not exist"),
        List.of(2, "", "SRC \"\" is no path", "it is empty"),
        List.of(2, "TEMP/src/file", "is not a folder", "TEMP/src/file"),
        List.of(2, "TEMP/src TEMP/src", "the same or one in the other", "TEMP/src"),
        List.of(2, "TEMP/src TEMP/src/sub/copy", "the same or one in the other", "src/sub/copy"),
        List.of(2, "TEMP/src TEMP/link/copy", "the same or one in the other", "link/copy"),
        List.of(2, "TEMP/src TEMP --force", "the same or one in the other", "TEMP"),
        List.of(2, "TEMP/src TEMP/src/file", "the same or one in the other", "src/file"),
        List.of(2, "TEMP/src TEMP/taken --force", "is not a folder", "TEMP/taken"),
        List.of(1, "TEMP/src TEMP/taken/dst", "TEMP/taken/dst can't be created", "not a folder"),
        List.of(2, "TEMP/src --workers 0", "--workers", "0"),
        List.of(2, "TEMP/src --workers three", "--workers", "three"),
        List.of(2, "TEMP/src --wrokers 3", "--wrokers", "Unknown option"),
        List.of(2, "TEMP/src TEMP/dst TEMP/more", "TEMP/more", "copy --help"));
  }

  @ParameterizedTest
  @MethodSource("wrongArguments")
  void aWrongArgumentIsOneLine(List<Object> expected) throws Exception {
    write("file", 10);
    Files.createFile(temp.resolve("taken"));
    Files.createSymbolicLink(temp.resolve("link"), source);
    String line = expected.get(1).toString().replace("TEMP", temp.toString());
    Object[] arguments = line.equals("SRC") ? new Object[0] : line.split(" ", -1);
    try (ExampleProcess example = copy(arguments).expectExit((Integer) expected.get(0))) {
      assertThat(example.out()).isEmpty();
      assertThat(example.err()).singleElement().asString().startsWith("taskpool: ");
      for (Object part : expected.subList(2, expected.size())) {
        assertThat(example.err().get(0)).contains(part.toString().replace("TEMP", temp.toString()));
      }
    }
    assertThat(target).doesNotExist();
    assertThat(contents(source)).containsOnlyKeys("file");
  }

  @Test
  void aFileWhoseWorkerIsKilledIsCopiedAgain() throws Exception {
    for (int i = 0; i < 6; i++) {
      write("large " + i, LARGE);
    }
    write("small", 10);
    try (ExampleProcess example = copy(source, target, "--workers", 2)) {
      long victim = stopWorkerWithHalfAFile(example);
      ExampleProcess.signal("KILL", victim);
      example.expectExit(0);
      assertThat(contents(target)).isEqualTo(contents(source));
      assertThat(example.lastLine())
          .matches(
              "copied 7 files, 201\\.3 MB, verified, 2 workers, .* s,"
                  + " 1 copied again after a worker died");
    }
  }

  /** Stops a worker that has a file half copied. */
  private long stopWorkerWithHalfAFile(ExampleProcess example) {
    long[] found = {0};
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              for (ProcessHandle worker : example.workers()) {
                if (openPart(worker.pid())) {
                  ExampleProcess.signal("STOP", worker.pid());
                  if (openPart(worker.pid())) {
                    found[0] = worker.pid();
                    return true;
                  }
                  ExampleProcess.signal("CONT", worker.pid());
                }
              }
              return false;
            });
    return found[0];
  }

  /** Whether a process has a file open that is not complete. */
  private static boolean openPart(long pid) {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file)
            && Files.readSymbolicLink(file).toString().endsWith(".part")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // closed meanwhile, or ended
    }
  }

  @Test
  void ctrlCEndsTheCopyAndLeavesNoHalfFile() throws Exception {
    for (int i = 0; i < 6; i++) {
      write("large " + i, LARGE);
    }
    try (ExampleProcess example = copy(source, target, "--workers", 2)) {
      long stopped = stopWorkerWithHalfAFile(example);
      example.signal("INT");
      example.expectExit(130);
      assertThat(ProcessHandle.of(stopped)).isEmpty();
      assertThat(example.err()).contains("taskpool: interrupted, " + target + " is not complete");
      for (Map.Entry<String, String> file : contents(target).entrySet()) {
        assertThat(contents(source)).contains(file);
      }
    }
  }

  @Test
  void twoCopiesAtOnceDoNotKnowOfEachOther() throws Exception {
    writeSomeOfEverything();
    Path other = temp.resolve("other");
    try (ExampleProcess first = copy(source, target, "--workers", 2);
        ExampleProcess second = copy(source, other, "--workers", 2)) {
      first.expectExit(0);
      second.expectExit(0);
      checkEverything(target);
      checkEverything(other);
    }
  }

  @Test
  void ofTwoCopiesToTheSamePlaceOneIsRefused() throws Exception {
    writeSomeOfEverything();
    try (ExampleProcess first = copy(source, target, "--workers", 1);
        ExampleProcess second = copy(source, target, "--workers", 1)) {
      assertThat(List.of(first.exitCode(), second.exitCode())).containsExactlyInAnyOrder(0, 2);
      checkEverything(target);
    }
  }

  @Test
  void thousandsOfSmallFilesAreCopied() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      write("folder %d/file %d".formatted(i % 10, i), i % 100);
    }
    try (ExampleProcess example = copy(source, target).expectExit(0)) {
      assertThat(contents(target)).isEqualTo(contents(source));
      assertThat(example.lastLine()).startsWith("copied 3000 files, 148.5 kB, verified, ");
      assertThat(Files.exists(target.resolve("folder 1"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
  }
}
