package taskpool;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which failures of a task are worth another run, how many there may be, and how long the next one
 * waits: the back-off doubles from one run to the next, and a random part of up to a half is taken
 * off. Immutable. The death of a worker is no failure: it has attempts of its own, whatever this
 * says.
 *
 * @param attempts how many runs there may be, the first one included
 * @param firstBackoff how long the second run waits at most
 * @param maxBackoff how long any run waits at most
 * @param exceptions the exceptions that are worth another run, with all that extend them
 */
public record RetryPolicy(
    int attempts,
    Duration firstBackoff,
    Duration maxBackoff,
    List<Class<? extends Throwable>> exceptions) {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofSeconds(30);

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException naming the value that is out of bounds
   */
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    if (Objects.requireNonNull(firstBackoff, "firstBackoff").isNegative()) {
      throw new IllegalArgumentException(
          "the first back-off can't be negative, as " + firstBackoff);
    }
    if (firstBackoff.compareTo(Objects.requireNonNull(maxBackoff, "maxBackoff")) > 0) {
      throw new IllegalArgumentException(
          "the first back-off, %s, must be at most the longest one, %s"
              .formatted(firstBackoff, maxBackoff));
    }
    exceptions = List.copyOf(exceptions);
  }

  /**
   * So many runs, for every {@link Exception}, 100 ms and then up to 30 s apart.
   *
   * @throws IllegalArgumentException if there is not at least one
   */
  public static RetryPolicy attempts(int attempts) {
    return new RetryPolicy(attempts, FIRST, MAX, List.of(Exception.class));
  }

  /**
   * With other waiting times.
   *
   * @throws IllegalArgumentException if the first is negative or longer than the longest
   */
  public RetryPolicy withBackoff(Duration first, Duration max) {
    return new RetryPolicy(attempts, first, max, exceptions);
  }

  /**
   * Only for these exceptions and those that extend them. A run that took too long fails with a
   * {@link taskpool.error.TaskTimeoutException}.
   *
   * @throws IllegalArgumentException if there are none
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // nobody writes to it
  public final RetryPolicy on(Class<? extends Throwable>... exceptions) {
    if (exceptions.length == 0) {
      throw new IllegalArgumentException("a retry must be for at least one class of exceptions");
    }
    return new RetryPolicy(attempts, firstBackoff, maxBackoff, Arrays.asList(exceptions));
  }
}
