package taskpool.error;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM that crashed in native code wrote about it (its {@code hs_err} file). Immutable.
 *
 * @param file the whole report, on the host of the worker; nobody removes it
 * @param head its first lines: what happened, where, and in which thread
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record CrashReport(Path file, List<String> head) {
  public CrashReport {
    head = List.copyOf(head);
  }
}
