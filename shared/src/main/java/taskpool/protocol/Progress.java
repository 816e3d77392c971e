package taskpool.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * How far a running task has come. On the way from a worker its id is the lease, on the way to a
 * client the task. Later reports replace earlier ones that are still on their way.
 *
 * @param message cut off at {@value #MAX_MESSAGE_CHARS} characters; half a surrogate pair becomes a
 *     question mark
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Progress(long id, long done, long total, String message) {
  private static final int MAX_MESSAGE_CHARS = 256;

  /** What a report takes in a batch at most. */
  public static final int MAX_BYTES = 32 + 3 * MAX_MESSAGE_CHARS;

  public Progress {
    if (message.length() > MAX_MESSAGE_CHARS) {
      message = message.substring(0, MAX_MESSAGE_CHARS);
    }
    if (message.chars().anyMatch(unit -> Character.isSurrogate((char) unit))) {
      message = new String(message.getBytes(UTF_8), UTF_8); // half a pair can't be sent
    }
  }

  /** The same report under another number. */
  public Progress withId(long id) {
    return new Progress(id, done, total, message);
  }
}
