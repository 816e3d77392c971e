package taskpool.history;

import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of an object.
 *
 * @param actor who asked: does one thing after the other
 * @param name what was asked, as the object's {@link Model} knows it
 * @param argument empty if there is none
 * @param result what was answered; null if no answer was seen: it may have happened or not, at any
 *     time after its start
 * @param startNanos {@link System#nanoTime} just before
 * @param endNanos just after; without a meaning if there is no result
 */
public record Operation(
    String actor,
    String object,
    String name,
    String argument,
    @Nullable String result,
    long startNanos,
    long endNanos) {

  /** Whether its answer was never seen. */
  public boolean isPending() {
    return result == null;
  }

  /** The process of its actor, which may be one of several there. */
  public String process() {
    int slash = actor.indexOf('/');
    return slash < 0 ? actor : actor.substring(0, slash);
  }

  @Override
  public String toString() {
    String end = isPending() ? "…" : Long.toString(endNanos);
    return "%s: %s.%s(%s) = %s [%d, %s]"
        .formatted(actor, object, name, argument, result, startNanos, end);
  }
}
