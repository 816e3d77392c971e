package taskpool.sync;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Elements in a fixed number that all processes of a pool see; {@code multiprocessing.Array}.
 * Elements are written when they are set, so what is got is a copy.
 *
 * <p>Thread-safe. Each method but {@link #update} is one question to the coordinator, and waits for
 * its answer. An index that is not from 0 to {@code length() - 1} gives an {@link
 * IndexOutOfBoundsException}, null a {@link NullPointerException}. What a process has set stays
 * when it dies. Iterators show what the array was when they were made.
 */
public interface SharedArray<E> extends Iterable<E> {
  /** How many elements it has. */
  int length();

  /** The element as it is now. */
  E get(int index);

  /** Sets an element. */
  void set(int index, E element);

  /**
   * Sets an element if it is what is expected, in one step.
   *
   * @return whether it was
   */
  boolean compareAndSet(int index, E expected, E element);

  /**
   * Sets an element to what the function makes of it; calls the function again if another one has
   * changed the element meanwhile.
   *
   * @return the new element
   */
  E update(int index, UnaryOperator<E> change);

  /** All elements as they are now. */
  List<E> toList();

  /** A lock for changes of more than one element, reentrant; {@code get_lock()}. */
  ClusterLock lock();
}
