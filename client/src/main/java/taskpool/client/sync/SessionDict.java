package taskpool.client.sync;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import taskpool.codec.ElementCodec;
import taskpool.protocol.Items;
import taskpool.protocol.Swap;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.sync.SharedDict;

/**
 * A dictionary as this process sees it. Thread-safe. Not null-marked, because the interfaces it
 * follows are not.
 */
@NullUnmarked
final class SessionDict<K, V> extends AbstractMap<K, V> implements SharedDict<K, V> {
  private final SyncObject object;
  private final ElementCodec keys;
  private final ElementCodec values;

  SessionDict(SyncObject object, ElementCodec keys, ElementCodec values) {
    this.object = object;
    this.keys = keys;
    this.values = values;
  }

  /** A key as it is written; empty if it can't be, so that it can't be in. */
  private Optional<byte[]> find(Object key) {
    return keys.encodeSought(Objects.requireNonNull(key, "key"));
  }

  private byte[] key(K key) {
    return keys.encode(Objects.requireNonNull(key, "key"));
  }

  private byte[] value(V value) {
    return values.encode(Objects.requireNonNull(value, "value"));
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private V valueOf(SyncReply reply) {
    return reply.status() == Status.ABSENT ? null : (V) values.decode(reply.payload());
  }

  private SyncReply swap(Swap swap) {
    return object.ask(SyncOperation.SWAP, 0, swap.encode());
  }

  @Override
  public V get(Object key) {
    return find(key)
        .map(written -> valueOf(object.ask(SyncOperation.GET, 0, written)))
        .orElse(null);
  }

  @Override
  public V getOrDefault(Object key, V other) {
    V value = get(key);
    return value == null ? other : value;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public V put(K key, V value) {
    return valueOf(swap(Swap.always(key(key), value(value))));
  }

  @Override
  public V putIfAbsent(K key, V value) {
    return valueOf(swap(Swap.ifAbsent(key(key), value(value))));
  }

  @Override
  public V replace(K key, V value) {
    return valueOf(swap(Swap.ifPresent(key(key), value(value))));
  }

  @Override
  public boolean replace(K key, V expected, V value) {
    return swap(Swap.ifEqual(key(key), value(expected), value(value))).value() == 1;
  }

  @Override
  public V compute(K key, BiFunction<? super K, ? super V, ? extends V> change) {
    Objects.requireNonNull(change, "function");
    return update(key, value -> change.apply(key, value));
  }

  @Override
  public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> change) {
    Objects.requireNonNull(change, "function");
    return update(key, value -> value == null ? null : change.apply(key, value));
  }

  @Override
  public V merge(K key, V first, BiFunction<? super V, ? super V, ? extends V> change) {
    Objects.requireNonNull(first, "value");
    Objects.requireNonNull(change, "function");
    return update(key, value -> value == null ? first : change.apply(value, first));
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> change) {
    for (K key : toMap().keySet()) {
      V unused =
          computeIfPresent(
              key, (same, value) -> Objects.requireNonNull(change.apply(same, value), "value"));
    }
  }

  /**
   * Sets a value, null if there is none, to what the function makes of it. What was read is
   * compared as it was written: the function may have changed the copy that it was given.
   */
  private V update(K key, UnaryOperator<V> change) {
    byte[] written = key(key);
    SyncReply now = object.ask(SyncOperation.GET, 0, written);
    while (true) {
      V next = change.apply(valueOf(now));
      byte[] after = next == null ? null : value(next);
      if (now.status() != Status.ABSENT) {
        now = swap(Swap.ifEqual(written, now.payload(), after));
      } else if (after != null) {
        now = swap(Swap.ifAbsent(written, after));
      } else {
        return null;
      }
      if (now.value() == 1) {
        return next;
      }
    }
  }

  @Override
  public V remove(Object key) {
    return find(key).map(written -> valueOf(swap(Swap.always(written, null)))).orElse(null);
  }

  @Override
  public boolean remove(Object key, Object value) {
    Optional<byte[]> written = find(key);
    Optional<byte[]> expected = values.encodeSought(value);
    return written.isPresent()
        && expected.isPresent()
        && swap(Swap.ifEqual(written.get(), expected.get(), null)).value() == 1;
  }

  @Override
  public void clear() {
    SyncReply unused = object.ask(SyncOperation.CLEAR_ALL);
  }

  @Override
  public int size() {
    return (int) object.ask(SyncOperation.STATE).value();
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  /** An entry as it is written. */
  record Row(byte[] key, byte[] value) {}

  /** All entries as they are now. */
  List<Row> rows() {
    List<byte[]> all = Items.split(object.ask(SyncOperation.READ_ALL).payload());
    List<Row> rows = new ArrayList<>(all.size() / 2);
    for (int i = 0; i < all.size(); i += 2) {
      rows.add(new Row(all.get(i), all.get(i + 1)));
    }
    return rows;
  }

  /** Takes out the entry of that key, whatever its value is by now. */
  void remove(Row row) {
    SyncReply unused = swap(Swap.always(row.key, null));
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private K keyOf(Row row) {
    return (K) keys.decode(row.key);
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private V valueOf(Row row) {
    return (V) values.decode(row.value);
  }

  @Override
  public Map<K, V> toMap() {
    Map<K, V> map = new LinkedHashMap<>();
    rows().forEach(row -> map.put(keyOf(row), valueOf(row)));
    return map;
  }

  private Stream<Row> rowsOf(Object value) {
    Predicate<byte[]> same = values.writtenAs(Objects.requireNonNull(value, "value"));
    return rows().stream().filter(row -> same.test(row.value));
  }

  @Override
  public boolean containsValue(Object value) {
    return rowsOf(value).findAny().isPresent();
  }

  /** Takes out the first entry with that value that still has it. */
  private boolean removeValue(Object value) {
    return rowsOf(value).anyMatch(row -> swap(Swap.ifEqual(row.key, row.value, null)).value() == 1);
  }

  private boolean containsEntry(Object sought) {
    return sought instanceof Entry<?, ?> entry
        && entry.getKey() != null
        && find(entry.getKey())
            .map(key -> object.ask(SyncOperation.GET, 0, key))
            .filter(reply -> reply.status() != Status.ABSENT)
            .filter(reply -> values.writtenAs(entry.getValue()).test(reply.payload()))
            .isPresent();
  }

  @Override
  public Set<K> keySet() {
    return new DictView.OfSet<>(this, this::keyOf) {
      @Override
      public boolean contains(Object key) {
        return containsKey(key);
      }

      @Override
      public boolean remove(Object key) {
        return SessionDict.this.remove(key) != null;
      }
    };
  }

  @Override
  public Collection<V> values() {
    return new DictView<>(this, this::valueOf) {
      @Override
      public boolean contains(Object value) {
        return containsValue(value);
      }

      @Override
      public boolean remove(Object value) {
        return removeValue(value);
      }
    };
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new DictView.OfSet<>(this, this::shown) {
      @Override
      public boolean contains(Object entry) {
        return containsEntry(entry);
      }

      @Override
      public boolean remove(Object entry) {
        return entry instanceof Entry<?, ?> sought
            && sought.getKey() != null
            && SessionDict.this.remove(sought.getKey(), sought.getValue());
      }
    };
  }

  /** An entry as it was, through which it can be set. */
  private Entry<K, V> shown(Row row) {
    return new SimpleEntry<>(keyOf(row), valueOf(row)) {
      private static final long serialVersionUID = 1L;

      @Override
      public V setValue(V value) {
        SyncReply unused = swap(Swap.always(row.key, value(value)));
        return super.setValue(value);
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Map<?, ?> && toMap().equals(other));
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  SyncReference reference() {
    return object.reference("");
  }

  /** Its name; the entries are elsewhere. */
  @Override
  public String toString() {
    return object.toString();
  }
}
