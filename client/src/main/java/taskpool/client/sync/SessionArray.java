package taskpool.client.sync;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedArray;

/** An array as this process sees it. Thread-safe. */
@NullUnmarked
final class SessionArray<E> implements SharedArray<E> {
  private final Elements<E> elements;
  private final ClusterLock lock;

  /** Never changes; negative until somebody has asked. */
  private volatile int length = -1;

  SessionArray(Elements<E> elements, ClusterLock lock) {
    this.elements = elements;
    this.lock = lock;
  }

  @Override
  public int length() {
    int known = length;
    if (known < 0) {
      known = elements.size();
      length = known;
    }
    return known;
  }

  @Override
  public E get(int index) {
    return elements.get(index);
  }

  @Override
  public void set(int index, E element) {
    E unused = elements.set(index, element);
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
  public List<E> toList() {
    return Collections.unmodifiableList(elements.all());
  }

  @Override
  public Iterator<E> iterator() {
    return toList().iterator();
  }

  @Override
  public ClusterLock lock() {
    return lock;
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
