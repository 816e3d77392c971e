package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * How far a running task has come. On the way from a worker its id is the lease, on the way to a
 * client the task. Later reports replace earlier ones that are still on their way.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Progress(long id, long done, long total, String message) {
  /** The same report under another number. */
  public Progress withId(long id) {
    return new Progress(id, done, total, message);
  }
}
