package taskpool.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import taskpool.RetryPolicy;
import taskpool.TaskOptions;
import taskpool.protocol.Terms;

/** The options of a task as they travel. */
final class TermsOf {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private TermsOf() {}

  /** Null if they ask for nothing. */
  static @Nullable Terms options(TaskOptions options) {
    if (options.equals(TaskOptions.none())) {
      return null;
    }
    return new Terms(
        options.priority(),
        nanos(options.delay()),
        options.softTimeout().map(TermsOf::nanos).orElse(0L),
        options.hardTimeout().map(TermsOf::nanos).orElse(0L),
        options.retry().map(TermsOf::retry).orElse(null),
        options.idempotencyKey().orElse(null));
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
