package taskpool.sync;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A list that all processes of a pool see; {@code multiprocessing.Manager().list()}, and a {@link
 * List}. Elements are written when they are added, so what is got is a copy: two are the same for
 * {@link #remove(Object)}, {@link #contains} and {@link #indexOf} if they are written alike.
 *
 * <p>Thread-safe. {@code get}, {@code set}, {@code add}, {@code addAll} at the end, {@code remove},
 * {@code clear} and {@code size} are one question to the coordinator each, and one step for others.
 * What goes through the list ({@code iterator}, {@code toArray}, {@code contains}, {@code indexOf},
 * {@code equals}) asks once for all of it and shows what it was then; changes through such an
 * iterator, and {@code sort}, are several steps. What a process has added stays when it dies.
 */
public interface SharedList<E> extends List<E> {
  /**
   * Sets an element if it is what is expected, in one step.
   *
   * @return whether it was
   * @throws IndexOutOfBoundsException if there is none
   */
  boolean compareAndSet(int index, E expected, E element);

  /**
   * Sets an element to what the function makes of it; calls the function again if another one has
   * changed the element meanwhile.
   *
   * @return the new element
   * @throws IndexOutOfBoundsException if there is none
   */
  E update(int index, UnaryOperator<E> change);
}
