package taskpool.examples.copier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** What was not copied, and why; the first reason counts. Thread-safe. */
final class Failures {
  private static final int PRINTED = 50;

  private final Map<Path, String> reasons = new LinkedHashMap<>();

  synchronized void add(Path path, String reason) {
    reasons.putIfAbsent(path, reason);
  }

  synchronized boolean contains(Path path) {
    return reasons.containsKey(path);
  }

  synchronized int size() {
    return reasons.size();
  }

  synchronized void printTo(PrintStream out) {
    reasons.entrySet().stream()
        .limit(PRINTED)
        .forEach(
            failed ->
                out.printf(
                    "taskpool: not copied: %s: %s%n",
                    printable(failed.getKey()), failed.getValue()));
    if (reasons.size() > PRINTED) {
      out.printf("taskpool: not copied: %d more%n", reasons.size() - PRINTED);
    }
  }

  /** A name without what would move the cursor. */
  static String printable(Path path) {
    return path.toString().replaceAll("\\p{Cntrl}", "?");
  }

  /** The reason in a line. */
  static String reason(Throwable e) {
    if (e instanceof ExecutionException && e.getCause() != null) {
      return reason(e.getCause());
    }
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    if (e instanceof NoSuchFileException) {
      return "not there any more: " + message;
    }
    if (e instanceof FileAlreadyExistsException) {
      return "not a folder: " + message;
    }
    if (e instanceof AccessDeniedException) {
      return "no permission: " + message;
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    String line = message.lines().findFirst().orElse("");
    return e instanceof IOException ? line : e.getClass().getSimpleName() + ": " + line;
  }
}
