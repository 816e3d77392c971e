package taskpool.client.sync;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;

/**
 * Goes through what something held when it was read; what is removed through it is removed there.
 * Confined to who iterates. Not null-marked, because the interface it follows is not.
 *
 * @param <W> an element as it was read
 * @param <E> as it is shown, a copy that may be changed
 */
@NullUnmarked
final class Snapshot<W, E> implements Iterator<E> {

  /** Takes something out of what the snapshot is of. */
  interface Remover<W> {
    /**
     * Takes out what was read.
     *
     * @param index where it stands now, if nobody else has changed anything
     */
    void remove(int index, W read);
  }

  private final Iterator<? extends W> all;
  private final Function<? super W, ? extends E> shown;
  private final Remover<W> remover;
  private W last;

  /** Where the next one stands. */
  private int next;

  Snapshot(List<? extends W> all, Function<? super W, ? extends E> shown, Remover<W> remover) {
    this.all = all.iterator();
    this.shown = shown;
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
    return shown.apply(last);
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
