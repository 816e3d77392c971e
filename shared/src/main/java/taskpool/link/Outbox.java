package taskpool.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What waits to be sent to one peer, in the form that peer understands. Confined to its link's
 * owner.
 */
public interface Outbox<B> {
  /** Whether there is nothing to send. */
  boolean isEmpty();

  /** Roughly the bytes waiting, as far as they matter for filling a batch. */
  long bytes();

  /** Takes the next batch of at most about {@code maxBytes}. Called only when not empty. */
  B take(int maxBytes);

  /** The share of a batch that one kind of small items may take: parcels get the rest. */
  static int smallShare(int maxBytes) {
    return maxBytes / 4;
  }

  /** Removes and gives the first items that may leave, no more than fit and at least one. */
  static <T> List<T> takeFirst(
      Collection<T> waiting, Predicate<T> mayLeave, int itemBytes, int maxBytes) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    int most = Math.max(1, maxBytes / itemBytes);
    List<T> leaving = new ArrayList<>(Math.min(most, waiting.size()));
    for (Iterator<T> all = waiting.iterator(); all.hasNext() && leaving.size() < most; ) {
      T item = all.next();
      if (mayLeave.test(item)) {
        leaving.add(item);
        all.remove();
      }
    }
    return leaving;
  }

  /** The same for items that may all leave. */
  static <T> List<T> takeFirst(Collection<T> waiting, int itemBytes, int maxBytes) {
    return takeFirst(waiting, item -> true, itemBytes, maxBytes);
  }
}
