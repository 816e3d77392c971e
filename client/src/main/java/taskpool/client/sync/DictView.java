package taskpool.client.sync;

import java.util.AbstractCollection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import taskpool.client.sync.SessionDict.Row;

/**
 * The values of a dictionary; as {@link OfSet} its keys or entries. Each look reads all of it, and
 * shows what was there then. Thread-safe. Not null-marked, because the interfaces it follows are
 * not.
 */
@NullUnmarked
abstract class DictView<T> extends AbstractCollection<T> {
  private final SessionDict<?, ?> dict;
  private final Function<Row, T> shown;

  DictView(SessionDict<?, ?> dict, Function<Row, T> shown) {
    this.dict = dict;
    this.shown = shown;
  }

  /** One in which nothing is twice. */
  abstract static class OfSet<T> extends DictView<T> implements Set<T> {
    OfSet(SessionDict<?, ?> dict, Function<Row, T> shown) {
      super(dict, shown);
    }

    @Override
    public Spliterator<T> spliterator() {
      return super.spliterator();
    }

    @Override
    public boolean equals(Object other) {
      return other == this || (other instanceof Set<?> set && new HashSet<>(this).equals(set));
    }

    @Override
    public int hashCode() {
      return stream().mapToInt(Object::hashCode).sum();
    }
  }

  @Override
  public Iterator<T> iterator() {
    return new Snapshot<>(dict.rows(), shown, (index, row) -> dict.remove(row));
  }

  @Override
  public Spliterator<T> spliterator() {
    return dict.rows().stream().map(shown).toList().spliterator();
  }

  @Override
  public int size() {
    return dict.size();
  }

  @Override
  public void clear() {
    dict.clear();
  }

  @Override
  public abstract boolean contains(Object sought);

  @Override
  public abstract boolean remove(Object sought);
}
