package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * What is known of a dead worker.
 *
 * @param name empty when no worker could be started at all
 * @param exitCode negative signal number when a signal ended it
 * @param lastOutput its last lines, oldest first
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record LostWorker(String name, long pid, int exitCode, List<String> lastOutput) {
  public LostWorker {
    lastOutput = List.copyOf(lastOutput);
  }
}
