package taskpool.worker.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The classes of worker JVMs, made ready for loading: a class-data archive, or from JDK 25 on an
 * AOT cache, with which a worker starts in a third of the processor time. It belongs to a class
 * path and a JDK and is made anew when one of them changes. Without it everything works too.
 *
 * <p>It lies in the folder that the system property {@value #FOLDER_PROPERTY} names, else in {@code
 * taskpool} of the user's cache folder; {@value #OFF} instead of a folder does without.
 *
 * <p>Thread-safe: it never changes, and what it finds in the folder is looked up anew each time.
 */
public final class ClassArchive {
  /** Where archives are kept; {@value #OFF} for none. */
  public static final String FOLDER_PROPERTY = "taskpool.archive.folder";

  static final String OFF = "off";

  private static final boolean AOT = Runtime.version().feature() >= 25;

  /**
   * The jars to archive: what a worker needs before the first task, and not the program's own,
   * which change with every build. An archive's jars must come first in the class path.
   */
  private static final Pattern OURS =
      Pattern.compile(
          "(taskpool|akka|scala|jackson|config|agrona|slf4j|lz4|reactive-streams|ssl-config|jspecify)"
              + "[-_].*\\.jar");

  private final String classPath;
  private final List<Path> jars;
  private final @Nullable Path file;

  private ClassArchive(String classPath, List<Path> jars, @Nullable Path file) {
    this.classPath = classPath;
    this.jars = jars;
    this.file = file;
  }

  /**
   * The archive for a class path; it need not exist.
   *
   * @param folder where archives are kept, if anywhere
   */
  static ClassArchive of(String classPath, Optional<Path> folder) {
    List<String> entries = List.of(classPath.split(File.pathSeparator, -1));
    List<String> archived =
        entries.stream()
            .filter(entry -> OURS.matcher(new File(entry).getName()).matches())
            .toList();
    List<Path> jars = archived.stream().map(Path::of).toList();
    if (folder.isEmpty() || jars.stream().noneMatch(ClassArchive::hasWorker)) {
      return new ClassArchive(classPath, List.of(), null);
    }
    Set<String> all = new LinkedHashSet<>(archived);
    all.addAll(entries);
    return new ClassArchive(
        String.join(File.pathSeparator, all), jars, folder.get().resolve(nameFor(jars)));
  }

  /** False where taskpool itself is run from directories. */
  private static boolean hasWorker(Path jar) {
    return String.valueOf(jar.getFileName()).startsWith("taskpool-worker-");
  }

  /** Where archives are kept, unless they are switched off. */
  static Optional<Path> folder() {
    String chosen = System.getProperty(FOLDER_PROPERTY);
    if (chosen != null) {
      return chosen.equals(OFF) || chosen.isBlank()
          ? Optional.empty()
          : Optional.of(Path.of(chosen));
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"));
    return Optional.of(
        (cache == null || cache.isBlank() ? home.resolve(".cache") : Path.of(cache))
            .resolve("taskpool"));
  }

  /** A name that changes with the JDK, the class path, or any jar of it. */
  private static String nameFor(List<Path> jars) {
    StringBuilder key = new StringBuilder(System.getProperty("java.home"));
    key.append('\n').append(System.getProperty("java.vm.version"));
    for (Path jar : jars) {
      File file = jar.toFile();
      key.append('\n').append(file.getAbsolutePath());
      key.append(' ').append(file.length()).append(' ').append(file.lastModified());
    }
    CRC32 crc = new CRC32();
    crc.update(key.toString().getBytes(StandardCharsets.UTF_8));
    return "worker-" + Long.toHexString(crc.getValue()) + (AOT ? ".aot" : ".jsa");
  }

  /** The class path to start workers with: the same entries, the archived ones first. */
  String classPath() {
    return classPath;
  }

  /** The JVM options that use it; none if it is not there. */
  List<String> useOptions() {
    if (file == null || !Files.isRegularFile(file)) {
      return List.of();
    }
    return AOT
        ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off")
        : List.of(
            "-XX:SharedArchiveFile=" + file,
            // at the address that it was made for, so that workers share its pages
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-Xlog:cds*=off");
  }

  /** Removes it, as a JVM may have crashed of it; another one will be made. Does nothing twice. */
  void discard() {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // then it is tried at each crash, until no more workers are
      }
    }
  }

  /** The JVM options that make one at the JVM's end. */
  static List<String> recordOptions(Path target) {
    return AOT
        ? List.of("-XX:AOTCacheOutput=" + target, "-Xlog:aot*=off", "-Xlog:cds*=off")
        : List.of("-XX:ArchiveClassesAtExit=" + target, "-Xlog:cds*=off");
  }

  /** The archive's file, unless there can be none. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** What the archive is made of, as a class path. */
  String archivedClassPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
