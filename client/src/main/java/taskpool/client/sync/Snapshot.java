package taskpool.client.sync;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Goes through what something held when it was read; what is removed through it is removed there.
 * Confined to who iterates. Not null-marked, because the interface it follows is not.
 */
@NullUnmarked
final class Snapshot<E> implements Iterator<E> {

  /** Takes something out of what the snapshot is of. */
  interface Remover<E> {
    /**
     * Takes out what was shown.
     *
     * @param index where it stands now, if nobody else has changed anything
     */
    void remove(int index, E shown);
  }

  private final Iterator<? extends E> all;
  private final Remover<E> remover;
  private E last;

  /** Where the next one stands. */
  private int next;

  Snapshot(List<? extends E> all, Remover<E> remover) {
    this.all = all.iterator();
    this.remover = remover;
  }

  @Override
  public boolean hasNext() {
    return all.hasNext();
  }

  @Override
  public E next() {
    last = all.next();
    next++;
    return last;
  }

  @Override
  public void remove() {
    if (last == null) {
      throw new IllegalStateException("next has not been called");
    }
    next--;
    remover.remove(next, last);
    last = null;
  }
}
