package taskpool.worker.host;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import taskpool.process.ExitCode;
import taskpool.process.ProcessTree;

/**
 * A {@link ClassArchive} in the making: a process of its own, of the lowest priority, that runs a
 * small pool ({@link ArchiveTraining}). What it makes appears under its name in one step. Only one
 * is under way in a folder. Thread-safe.
 */
final class ArchiveRecording {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveRecording.class);
  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final long LIMIT_SECONDS = 60;

  /** When to try again what has failed, and to make anew what may not be used any more. */
  private static final Duration STALE = Duration.ofDays(30);

  /** So many stay beside the new one: other JDKs, other programs. */
  private static final int KEPT = 4;

  private final Process process;
  private final Thread finisher;
  private volatile boolean tooSlow;

  private ArchiveRecording(Process process, Path target, Path file, FileChannel lock) {
    this.process = process;
    this.finisher = new Thread(() -> finish(target, file, lock), "class-archive");
    finisher.setDaemon(true);
    finisher.start();
  }

  /** Starts one, if the archive is missing and can be made and nobody else is at it. */
  static Optional<ArchiveRecording> start(ClassArchive archive, String java) {
    Path file = archive.file().orElse(null);
    if (file == null || Files.exists(file) || isFresh(failed(file))) {
      return Optional.empty();
    }
    try {
      Files.createDirectories(file.resolveSibling("."));
      FileChannel lock =
          FileChannel.open(
              file.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<ArchiveRecording> started = Optional.empty();
      try {
        started = startLocked(archive, java, file, lock);
      } finally {
        if (started.isEmpty()) {
          lock.close();
        }
      }
      return started;
    } catch (IOException e) {
      LOG.debug("no class archive can be made: {}", e.toString());
    }
    return Optional.empty();
  }

  /** Starts one if nobody else is at it; then the lock is closed at its end. */
  private static Optional<ArchiveRecording> startLocked(
      ClassArchive archive, String java, Path file, FileChannel lock) throws IOException {
    try {
      if (lock.tryLock() != null && !Files.exists(file)) {
        return Optional.of(start(archive, java, file, lock));
      }
    } catch (OverlappingFileLockException e) {
      // another pool of this process is at it
    }
    return Optional.empty();
  }

  private static ArchiveRecording start(
      ClassArchive archive, String java, Path file, FileChannel lock) throws IOException {
    sweep(file);
    Path target = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(target);
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", "19"));
    }
    command.addAll(
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-D" + ClassArchive.FOLDER_PROPERTY + "=" + ClassArchive.OFF,
            ArchiveTraining.class.getName(),
            target.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", archive.archivedClassPath());
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new ArchiveRecording(builder.start(), target, file, lock);
  }

  private static Path failed(Path file) {
    return file.resolveSibling(file.getFileName() + ".failed");
  }

  private static boolean isFresh(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant().isAfter(Instant.now().minus(STALE));
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes what has been lying there for long, and all but the latest: class paths change. */
  private static void sweep(Path file) throws IOException {
    List<File> all = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(file.resolveSibling("."), "worker-*")) {
      found.forEach(path -> all.add(path.toFile()));
    }
    all.sort(Comparator.comparingLong(File::lastModified).reversed());
    for (int i = 0; i < all.size(); i++) {
      if (i >= KEPT || !isFresh(all.get(i).toPath())) {
        Files.deleteIfExists(all.get(i).toPath());
      }
    }
  }

  private void finish(Path target, Path file, FileChannel lock) {
    try (lock) {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        tooSlow = true;
        kill();
        process.waitFor();
      }
      int code = ExitCode.of(process);
      if (code == 0) {
        Files.move(target, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.deleteIfExists(target);
        boolean killed = ExitCode.signal(code).isPresent() || code == ArchiveTraining.ENDED_EARLY;
        if (tooSlow || !killed) {
          Files.writeString(failed(file), "");
        }
      }
    } catch (IOException | InterruptedException e) {
      LOG.debug("no class archive was made: {}", e.toString());
    }
  }

  /**
   * Waits for its end. When that takes too long it is killed and counts as failed, or the next
   * program would wait as long.
   */
  void end(Duration limit) throws InterruptedException {
    finisher.join(limit.toMillis());
    if (finisher.isAlive()) {
      tooSlow = true;
      kill();
      finisher.join();
    }
  }

  /** Ends it now, without a result. */
  void kill() {
    ProcessTree.kill(process);
  }
}
