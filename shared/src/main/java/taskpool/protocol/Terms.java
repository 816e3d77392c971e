package taskpool.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a submitter asks for beyond running a task; most tasks have none.
 *
 * @param priority {@value #LOWEST} to {@value #HIGHEST}, higher is sooner
 * @param delayNanos how long it must not start
 * @param softLimitNanos after so long a run is interrupted; 0 for never
 * @param hardLimitNanos after so long a run's worker is killed; 0 for never
 * @param retry when a failed run is repeated; null for never
 * @param key tasks with the same key are the same; null if there is none
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Terms(
    int priority,
    long delayNanos,
    long softLimitNanos,
    long hardLimitNanos,
    @Nullable Retry retry,
    @Nullable String key) {

  /** The last to start. */
  public static final int LOWEST = 0;

  /** The first to start. */
  public static final int HIGHEST = 9;

  /** What a task has that asks for nothing. */
  public static final int NORMAL = 5;

  private static final int NUMBERS_BYTES = 32;

  /**
   * When a failed run is repeated.
   *
   * @param attempts how many runs there may be, the first one included
   * @param firstBackoffNanos what the second run waits for, about; doubles with every further one
   * @param maxBackoffNanos what it waits for at most
   * @param exceptions the names of the classes, or of their superclasses, that are worth another
   *     run
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Retry(
      int attempts, long firstBackoffNanos, long maxBackoffNanos, List<String> exceptions) {
    public Retry {
      exceptions = List.copyOf(exceptions);
    }

    /** Whether an error of this class is worth another run. */
    public boolean covers(Class<?> error) {
      for (Class<?> type = error; type != null; type = type.getSuperclass()) {
        if (exceptions.contains(type.getName())) {
          return true;
        }
      }
      return false;
    }
  }

  /** Whether a run's time is limited. */
  public boolean hasLimit() {
    return softLimitNanos > 0 || hardLimitNanos > 0;
  }

  /** What terms take in a batch at most. */
  public static int bytesOf(@Nullable Terms terms) {
    if (terms == null) {
      return 1;
    }
    int bytes = NUMBERS_BYTES + 3 * (terms.key == null ? 0 : terms.key.length());
    if (terms.retry != null) {
      bytes += NUMBERS_BYTES;
      for (String exception : terms.retry.exceptions) {
        bytes += 3 * exception.length() + 3;
      }
    }
    return bytes;
  }
}
