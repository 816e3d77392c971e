package taskpool.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.RetryPolicy;
import taskpool.TaskOptions;
import taskpool.protocol.Terms;

/** The options of a task as they travel. */
final class TermsOf {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private TermsOf() {}

  /**
   * Null if they ask for nothing.
   *
   * @throws IllegalArgumentException if the soft limit is longer than the hard one
   */
  static @Nullable Terms options(TaskOptions options) {
    if (options.equals(TaskOptions.none())) {
      return null;
    }
    checkSoftBeforeHard(options);
    return new Terms(
        options.priority(),
        nanos(options.delay()),
        options.softTimeout().map(TermsOf::nanos).orElse(0L),
        options.hardTimeout().map(TermsOf::nanos).orElse(0L),
        options.retry().map(TermsOf::retry).orElse(null),
        options.idempotencyKey().orElse(null));
  }

  private static void checkSoftBeforeHard(TaskOptions options) {
    Optional<Duration> soft = options.softTimeout();
    Optional<Duration> hard = options.hardTimeout();
    if (soft.isPresent() && hard.isPresent() && soft.get().compareTo(hard.get()) > 0) {
      throw new IllegalArgumentException(
          "the soft time-out, %s, would never come: it must be at most the hard one, %s"
              .formatted(soft.get(), hard.get()));
    }
  }

  private static Terms.Retry retry(RetryPolicy policy) {
    return new Terms.Retry(
        policy.attempts(),
        nanos(policy.firstBackoff()),
        nanos(policy.maxBackoff()),
        policy.exceptions().stream().map(Class::getName).toList());
  }

  /** A time that is too long to be counted in nanoseconds is some decades all the same. */
  private static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
  }
}
