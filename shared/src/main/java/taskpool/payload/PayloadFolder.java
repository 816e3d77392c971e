package taskpool.payload;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool keeps payloads that are too large for messages: a folder of its own, in shared
 * memory if there is enough. The process that made it holds a lock on a file in it for as long as
 * it lives, so whoever can get that lock may remove the folder. The socket over which the processes
 * of the host talk is there, too. Thread-safe.
 */
public final class PayloadFolder {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** With less than this in shared memory (containers often have 64 MiB) disk is better. */
  private static final long ENOUGH_BYTES = 256L * 1024 * 1024;

  private static final String PREFIX =
      "taskpool-%s-".formatted(System.getProperty("user.name").replaceAll("[^A-Za-z0-9_.]", "_"));

  /** Behind the prefix: the owner's process id, and what makes the name one of its kind. */
  private static final Pattern OWNER = Pattern.compile("([0-9]+)-[0-9a-z]+");

  /** Files of a worker: whether of its tasks' tasks, its number, whether unfinished or spare. */
  private static final Pattern OF_WORKER =
      Pattern.compile("(tasks-of-)?worker-([0-9]+)-[0-9]+([.][a-z]+)?");

  private static final String LOCK = "owner.lock";

  /** How often removing is tried again while somebody still puts files in. */
  private static final int MAX_TRIES = 50;

  private static final int TRY_AGAIN_MILLIS = 5;

  private final Path path;

  /** Kept open by the owner; others have none. */
  private final @Nullable RandomAccessFile lock;

  private final Set<Integer> deadWorkers = new HashSet<>();

  private PayloadFolder(Path path, @Nullable RandomAccessFile lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes the folder of a new pool; none if that is not possible. */
  public static Optional<PayloadFolder> create() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    if (hasRoom(SHARED_MEMORY)) {
      Optional<PayloadFolder> made = createIn(SHARED_MEMORY);
      if (made.isPresent()) {
        return made;
      }
    }
    return createIn(temporary);
  }

  private static boolean hasRoom(Path parent) {
    return parent.toFile().getUsableSpace() >= ENOUGH_BYTES;
  }

  /** Makes a folder there; none if that is not possible. */
  static Optional<PayloadFolder> createIn(Path parent) {
    String unique = Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX);
    Path path = parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + unique);
    try {
      Files.createDirectory(path, OwnerOnly.folder(path));
      RandomAccessFile lock = new RandomAccessFile(path.resolve(LOCK).toFile(), "rw");
      if (lock.getChannel().tryLock() != null) {
        return Optional.of(new PayloadFolder(path, lock));
      }
      lock.close();
    } catch (IOException | RuntimeException e) {
      // where files can't be made or locked, payloads travel in messages
    }
    removeAll(path);
    return Optional.empty();
  }

  /** A folder that another process has made. */
  public static PayloadFolder at(Path path) {
    return new PayloadFolder(path, null);
  }

  public Path path() {
    return path;
  }

  /** Where the process that made the folder listens for the others of this host. */
  public Path socket() {
    return path.resolve("socket");
  }

  /** For the process that made the folder. */
  public Payloads ofClient() {
    return Payloads.in(path, "client");
  }

  /** For the results of a worker. */
  public Payloads ofWorker(int number) {
    return Payloads.in(path, "worker-" + number);
  }

  /** For the arguments of tasks that a worker's tasks submit. */
  public Payloads ofTasksIn(int worker) {
    return Payloads.in(path, "tasks-of-worker-" + worker);
  }

  /** For the arguments of tasks that a process submits which is no worker. */
  public Payloads ofProcess(long pid) {
    return Payloads.in(path, "process-" + pid);
  }

  /** Deletes what a process that is dead has left. */
  public synchronized void tidyAfterProcess(long pid) {
    String prefix = "process-" + pid + "-";
    for (String name : names(path)) {
      if (name.startsWith(prefix)) {
        boolean unused = path.resolve(name).toFile().delete();
      }
    }
  }

  /** Deletes what nobody needs of a worker that is dead: all but the results that it finished. */
  public synchronized void tidyAfter(int worker) {
    deadWorkers.add(worker);
    for (String name : names(path)) {
      Matcher matcher = OF_WORKER.matcher(name);
      if (matcher.matches() && deadWorkers.contains(Integer.valueOf(matcher.group(2)))) {
        boolean arguments = matcher.group(1) != null;
        boolean whole = matcher.group(3) == null;
        if (arguments || !whole) {
          boolean unused = path.resolve(name).toFile().delete();
        }
      }
    }
  }

  /** Removes the folder with all that is in it. By its owner; does nothing the second time. */
  public synchronized void remove() {
    removeAll(path);
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        // the folder is gone, and the lock with it
      }
    }
  }

  /** Removes the folder if its owner is dead, or is dying just now. */
  public void removeIfOrphaned() {
    for (int i = 0; i < MAX_TRIES && Files.exists(path); i++) {
      if (canLock(path)) {
        removeAll(path);
        return;
      }
      pause();
    }
  }

  /** Removes what pools of this user have left behind that were killed with all their workers. */
  public static void sweep() {
    sweep(SHARED_MEMORY);
    sweep(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void sweep(Path parent) {
    for (String name : names(parent)) {
      if (name.startsWith(PREFIX)) {
        Matcher owner = OWNER.matcher(name.substring(PREFIX.length()));
        Path folder = parent.resolve(name);
        if (owner.matches() && !lives(owner.group(1)) && canLock(folder)) {
          removeAll(folder);
        }
      }
    }
  }

  /**
   * Asked before the lock is tried: a folder may have been made just now and not been locked yet;
   * and a process loses its own lock when it opens that file again and closes it.
   */
  private static boolean lives(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private static boolean canLock(Path folder) {
    File file = folder.resolve(LOCK).toFile();
    if (!file.exists()) {
      return folder.toFile().canWrite();
    }
    try (RandomAccessFile open = new RandomAccessFile(file, "rw");
        FileLock got = open.getChannel().tryLock()) {
      return got != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static void removeAll(Path folder) {
    for (int i = 0; i < MAX_TRIES; i++) {
      for (String name : names(folder)) {
        boolean unused = folder.resolve(name).toFile().delete();
      }
      if (folder.toFile().delete() || !folder.toFile().exists()) {
        return;
      }
      pause();
    }
  }

  private static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(TRY_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
