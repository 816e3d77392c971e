package taskpool.client.sync;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import taskpool.sync.SharedList;

/**
 * A list as this process sees it. Thread-safe. Not null-marked, because the interfaces it follows
 * are not.
 */
@NullUnmarked
final class SessionList<E> extends AbstractList<E> implements SharedList<E> {
  private final Elements<E> elements;

  SessionList(Elements<E> elements) {
    this.elements = elements;
  }

  @Override
  public E get(int index) {
    return elements.get(index);
  }

  @Override
  public E set(int index, E element) {
    return elements.set(index, element);
  }

  @Override
  public boolean add(E element) {
    elements.append(List.of(Objects.requireNonNull(element, "element")));
    return true;
  }

  @Override
  public void add(int index, E element) {
    elements.insert(index, List.of(Objects.requireNonNull(element, "element")));
  }

  @Override
  public boolean addAll(Collection<? extends E> more) {
    elements.append(more);
    return !more.isEmpty();
  }

  @Override
  public boolean addAll(int index, Collection<? extends E> more) {
    elements.insert(index, more);
    return !more.isEmpty();
  }

  @Override
  public E remove(int index) {
    return elements.removeAt(index);
  }

  @Override
  public boolean remove(Object element) {
    return elements.remove(element);
  }

  @Override
  public void clear() {
    elements.clear();
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public boolean contains(Object element) {
    return indexOf(element) >= 0;
  }

  @Override
  public int indexOf(Object element) {
    return elements.indicesOf(element).findFirst().orElse(-1);
  }

  @Override
  public int lastIndexOf(Object element) {
    return elements.indicesOf(element).max().orElse(-1);
  }

  @Override
  public Iterator<E> iterator() {
    return elements.iterator();
  }

  @Override
  public Spliterator<E> spliterator() {
    return elements.all().spliterator();
  }

  @Override
  public Object[] toArray() {
    return elements.all().toArray();
  }

  @Override
  public <T> T[] toArray(T[] array) {
    return elements.all().toArray(array);
  }

  @Override
  public boolean compareAndSet(int index, E expected, E element) {
    return elements.compareAndSet(index, expected, element);
  }

  @Override
  public E update(int index, UnaryOperator<E> change) {
    return elements.update(index, change);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof List<?> && elements.all().equals(other));
  }

  @Override
  public int hashCode() {
    return elements.all().hashCode();
  }

  SyncReference reference() {
    return elements.object().reference("");
  }

  /** Its name; the elements are elsewhere. */
  @Override
  public String toString() {
    return elements.object().toString();
  }
}
