package taskpool.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mark that a process and all that it starts carry in their environment, so that those are found
 * as well that have left its tree: daemons, and what is left when its parent has ended. Immutable,
 * and thread-safe.
 *
 * <p>They are found in {@code /proc}; where there is none, nobody is. A process of another user,
 * and one that was started with an emptied environment, is not found either.
 */
public final class ProcessMark {
  /** The environment variable. */
  public static final String VARIABLE = "TASKPOOL_WORKER";

  private static final String SEPARATOR = "-";
  private static final Path PROCESSES = Path.of("/proc");

  private final String value;

  private ProcessMark(String value) {
    this.value = value;
  }

  /** One that no other process on earth has. */
  public static ProcessMark unique() {
    SecureRandom random = new SecureRandom();
    return new ProcessMark(
        Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX)
            + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX));
  }

  /**
   * A new one for a process that this one starts; it belongs to this one's own, if that has one.
   */
  public static ProcessMark ofChild() {
    String last = unique().value;
    return new ProcessMark(own().map(own -> own.value + SEPARATOR + last).orElse(last));
  }

  /** The mark that this process was given, if any. */
  public static Optional<ProcessMark> own() {
    return Optional.ofNullable(System.getenv(VARIABLE)).map(ProcessMark::new);
  }

  /** A mark of its own that belongs to this one, too. */
  public ProcessMark numbered(int number) {
    return new ProcessMark(value + SEPARATOR + number);
  }

  /** Gives it to the process that is started with this environment. */
  public void put(Map<String, String> environment) {
    environment.put(VARIABLE, value);
  }

  /**
   * Kills with SIGKILL whoever carries this mark, or one that belongs to it, but not this process
   * itself; those too that are started meanwhile. Reads the environment of every process (a
   * millisecond for about a hundred); does not wait for the end of those killed.
   */
  public void killAll() {
    Set<ProcessHandle> killed = new HashSet<>();
    List<ProcessHandle> found = find();
    while (killed.addAll(found)) {
      found.forEach(ProcessHandle::destroyForcibly);
      found = find();
    }
  }

  /** Who carries this mark, or one that belongs to it, besides this process itself. */
  List<ProcessHandle> find() {
    long self = ProcessHandle.current().pid();
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : all) {
        long pid = Long.parseLong(process.toFile().getName());
        if (pid != self) {
          // the handle comes first: it knows when the process was started, and kills no later one
          ProcessHandle.of(pid).filter(handle -> isOn(process)).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      return found; // there is no such folder here, or it can't be read to its end
    }
    return found;
  }

  private boolean isOn(Path process) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      // any bytes are valid in this charset, and the mark is ASCII
      return isIn(new String(environment, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false; // it has ended just now, or is another user's
    }
  }

  /** Whether it is among these variables, each of which ends with a NUL. */
  boolean isIn(String environment) {
    String variables = "\0" + environment;
    String mark = "\0" + VARIABLE + "=" + value;
    return variables.contains(mark + "\0") || variables.contains(mark + SEPARATOR);
  }
}
