package taskpool.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import taskpool.error.TaskTimeoutException;
import taskpool.protocol.Overdue;
import taskpool.protocol.Terms;

/**
 * When running leases must have ended: at the limits that their terms set, or when they have been
 * cancelled and had time to notice. Confined to its worker.
 */
final class Deadlines {

  /** A lease whose run is limited; the limits that it has are ahead. */
  private static final class Run {
    final @Nullable Terms terms;
    boolean hasSoft;
    long softNanos;
    boolean hasEnd;
    long endNanos;
    Overdue.Reason reason = Overdue.Reason.HARD_LIMIT;

    Run(@Nullable Terms terms) {
      this.terms = terms;
    }

    void endAt(long nanos, Overdue.Reason why) {
      if (!hasEnd || nanos - endNanos < 0) {
        hasEnd = true;
        endNanos = nanos;
        reason = why;
      }
    }

    OptionalLong nextNanos() {
      if (hasSoft && (!hasEnd || softNanos - endNanos < 0)) {
        return OptionalLong.of(softNanos);
      }
      return hasEnd ? OptionalLong.of(endNanos) : OptionalLong.empty();
    }
  }

  private final long graceNanos;
  private final Map<Long, Run> runs = new LinkedHashMap<>();

  /**
   * Creates it without leases.
   *
   * @param grace how long an interrupted lease may take to end
   */
  Deadlines(Duration grace) {
    this.graceNanos = grace.toNanos();
  }

  /** A lease has started; its limits count from then on. */
  void started(long lease, Terms terms, long startNanos) {
    Run run = runs.computeIfAbsent(lease, id -> new Run(terms));
    if (terms.softLimitNanos() > 0) {
      run.hasSoft = true;
      run.softNanos = startNanos + terms.softLimitNanos();
    }
    if (terms.hardLimitNanos() > 0) {
      run.endAt(startNanos + terms.hardLimitNanos(), Overdue.Reason.HARD_LIMIT);
    }
  }

  /** A running lease has been cancelled and interrupted. */
  void cancelled(long lease, @Nullable Terms terms, long nowNanos) {
    Run run = runs.computeIfAbsent(lease, id -> new Run(terms));
    run.endAt(nowNanos + graceNanos, Overdue.Reason.CANCELLED);
  }

  /** A lease is here no more. */
  void ended(long lease) {
    runs.remove(lease);
  }

  /** The leases that have come to their soft limit; each is given once. */
  List<Long> takeSoft(long nowNanos) {
    List<Long> due = new ArrayList<>(1);
    runs.forEach(
        (lease, run) -> {
          if (run.hasSoft && nowNanos - run.softNanos >= 0) {
            run.hasSoft = false;
            due.add(lease);
          }
        });
    return due;
  }

  /** The leases that must be stopped together with the worker; each is given once. */
  List<Overdue> takeOverdue(long nowNanos) {
    List<Overdue> due = new ArrayList<>(1);
    runs.forEach(
        (lease, run) -> {
          if (run.hasEnd && nowNanos - run.endNanos >= 0) {
            run.hasEnd = false;
            due.add(new Overdue(lease, run.reason, isRetried(run)));
          }
        });
    return due;
  }

  private static boolean isRetried(Run run) {
    Terms.Retry retry = run.terms == null ? null : run.terms.retry();
    return run.reason == Overdue.Reason.HARD_LIMIT
        && retry != null
        && retry.covers(TaskTimeoutException.class);
  }

  /** When one of the above has something to give; empty if nothing is limited. */
  OptionalLong nextNanos() {
    OptionalLong first = OptionalLong.empty();
    for (Run run : runs.values()) {
      OptionalLong next = run.nextNanos();
      if (first.isEmpty() || (next.isPresent() && next.getAsLong() - first.getAsLong() < 0)) {
        first = next;
      }
    }
    return first;
  }
}
