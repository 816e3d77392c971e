package taskpool;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Results of {@code imap} and {@code imapUnordered} as they are ready. To be used once and by one
 * thread at a time.
 *
 * <p>{@code hasNext} and {@code next} block until the next result is there. {@code next} throws a
 * {@link java.util.concurrent.CompletionException} whose cause is what the function threw for that
 * element, and goes on with the following element when called again. If the input itself throws,
 * that comes out of {@code next} after the results of all elements before it, and ends the
 * iteration. An interrupt ends the wait with a {@link java.util.concurrent.CancellationException}
 * and stays set.
 *
 * <p>Input is read ahead, on a thread of its own, only as far as results are taken: memory stays
 * bounded for an endless input. Closing it early stops the reading; an iterator that is left behind
 * unclosed is closed when it is collected.
 */
@SuppressWarnings("IterableAndIterator") // as in Python: next() by hand, or one for-each loop
public interface ResultIterator<R extends @Nullable Object>
    extends Iterator<R>, Iterable<R>, AutoCloseable {
  /** This iterator itself, for a for-each loop. */
  @Override
  default Iterator<R> iterator() {
    return this;
  }

  /**
   * The next result, as {@code next} gives it, if it is there in time; {@code
   * IMapIterator.next(timeout)}.
   *
   * @throws TimeoutException if it is not; it may be asked for again
   * @throws java.util.NoSuchElementException at the end
   */
  R next(Duration timeout) throws TimeoutException;

  /** Reads no more input and cancels what has not started. Harmless when repeated. */
  @Override
  void close();
}
