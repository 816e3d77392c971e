package taskpool;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked for beyond running a task: how long a run may take, whether a failed one is
 * repeated, and when it starts. Immutable; each {@code with…} gives a changed copy. Given for one
 * call ({@link Call#with}), for some ({@link TaskPool#with}), or for all of a pool ({@link
 * TaskPoolBuilder#taskOptions}); the closest ones count, as a whole.
 *
 * <pre>{@code
 * TaskOptions careful = TaskOptions.none()
 *     .withHardTimeout(Duration.ofSeconds(30))
 *     .withRetry(RetryPolicy.attempts(3).on(IOException.class));
 * pool.with(careful).applyAsync(Downloads::fetch, uri);
 * }</pre>
 *
 * <p>In a map they hold for each of the chunks that it is cut into.
 *
 * @param priority {@value #LOWEST_PRIORITY} to {@value #HIGHEST_PRIORITY}, a higher one starts
 *     sooner; among equals the first that came. Who waits rises by one every 5 seconds. It counts
 *     among the tasks of one program; programs and tasks that submit take turns whatever theirs are
 * @param delay how long after being submitted it starts at the earliest; closing the pool waits for
 *     it
 * @param softTimeout after so long a run is interrupted. If it throws then, the error is a {@link
 *     taskpool.error.TaskTimeoutException} with what it threw as its cause; if it returns all the
 *     same, that is the result. {@code soft_time_limit} of Celery
 * @param hardTimeout after so long a run is ended together with its worker JVM, which is replaced;
 *     the error is a {@link taskpool.error.TaskTimeoutException}. Tasks in other workers are not
 *     touched; those in other slots of the same one run again. {@code time_limit} of Celery
 * @param retry which failures are worth another run; none if it is empty
 * @param idempotencyKey a name under which the pool runs only one task: others with the same key
 *     wait for that one's result, or get it at once if it is there (the last 10,000 are remembered,
 *     up to 32 MiB). One that fails or is cancelled does not count, and the next runs. Not for maps
 */
public record TaskOptions(
    int priority,
    Duration delay,
    Optional<Duration> softTimeout,
    Optional<Duration> hardTimeout,
    Optional<RetryPolicy> retry,
    Optional<String> idempotencyKey) {
  /** The priority of tasks that start last. */
  public static final int LOWEST_PRIORITY = 0;

  /** The priority of tasks that do not say. */
  public static final int NORMAL_PRIORITY = 5;

  /** The priority of tasks that start first. */
  public static final int HIGHEST_PRIORITY = 9;

  private static final int MAX_KEY_CHARS = 256;

  private static final TaskOptions NONE =
      new TaskOptions(
          NORMAL_PRIORITY,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException naming the value that is out of bounds
   */
  public TaskOptions {
    if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
      throw new IllegalArgumentException(
          "priority must be from %d to %d, not %d"
              .formatted(LOWEST_PRIORITY, HIGHEST_PRIORITY, priority));
    }
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay can't be negative, as " + delay);
    }
    softTimeout.ifPresent(limit -> checkPositive("soft time-out", limit));
    hardTimeout.ifPresent(limit -> checkPositive("hard time-out", limit));
    Objects.requireNonNull(retry, "retry");
    idempotencyKey.ifPresent(TaskOptions::checkKey);
  }

  private static void checkPositive(String what, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("%s must be positive, not %s".formatted(what, limit));
    }
  }

  private static void checkKey(String key) {
    if (key.isEmpty() || key.length() > MAX_KEY_CHARS) {
      throw new IllegalArgumentException(
          "an idempotency key must have 1 to %d characters, not %d"
              .formatted(MAX_KEY_CHARS, key.length()));
    }
  }

  /** Asks for nothing: normal priority, at once, no limits, no retries. */
  public static TaskOptions none() {
    return NONE;
  }

  /**
   * With this priority.
   *
   * @throws IllegalArgumentException if it is out of bounds
   */
  public TaskOptions withPriority(int priority) {
    return new TaskOptions(priority, delay, softTimeout, hardTimeout, retry, idempotencyKey);
  }

  /**
   * With this delay; {@code countdown} of Celery.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public TaskOptions withDelay(Duration delay) {
    return new TaskOptions(priority, delay, softTimeout, hardTimeout, retry, idempotencyKey);
  }

  /**
   * With an interrupt after so long.
   *
   * @throws IllegalArgumentException if it is not positive; a task whose soft limit is longer than
   *     its hard one is refused when it is submitted
   */
  public TaskOptions withSoftTimeout(Duration limit) {
    return new TaskOptions(
        priority, delay, present(limit, "limit"), hardTimeout, retry, idempotencyKey);
  }

  /**
   * With the worker's end after so long.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public TaskOptions withHardTimeout(Duration limit) {
    return new TaskOptions(
        priority, delay, softTimeout, present(limit, "limit"), retry, idempotencyKey);
  }

  /** With this way of repeating what has failed. */
  public TaskOptions withRetry(RetryPolicy policy) {
    return new TaskOptions(
        priority, delay, softTimeout, hardTimeout, present(policy, "policy"), idempotencyKey);
  }

  /**
   * With this key.
   *
   * @throws IllegalArgumentException if it is empty or has more than {@value #MAX_KEY_CHARS}
   *     characters
   */
  public TaskOptions withIdempotencyKey(String key) {
    return new TaskOptions(priority, delay, softTimeout, hardTimeout, retry, present(key, "key"));
  }

  private static <T> Optional<T> present(T value, String what) {
    return Optional.of(Objects.requireNonNull(value, what));
  }
}
