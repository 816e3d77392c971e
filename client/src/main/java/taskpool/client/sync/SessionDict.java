package taskpool.client.sync;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
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

  @Override
  @SuppressWarnings("unchecked") // the codecs read the declared types
  public Map<K, V> toMap() {
    List<byte[]> all = Items.split(object.ask(SyncOperation.READ_ALL).payload());
    Map<K, V> map = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i += 2) {
      map.put((K) keys.decode(all.get(i)), (V) values.decode(all.get(i + 1)));
    }
    return map;
  }

  @Override
  public boolean containsValue(Object value) {
    Optional<byte[]> sought = values.encodeSought(Objects.requireNonNull(value, "value"));
    List<byte[]> all = Items.split(object.ask(SyncOperation.READ_ALL).payload());
    for (int i = 1; i < all.size(); i += 2) {
      if (Arrays.equals(all.get(i), sought.orElse(null))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Set<K> keySet() {
    Set<K> all = super.keySet();
    return new AbstractSet<>() {
      @Override
      public Iterator<K> iterator() {
        return all.iterator();
      }

      @Override
      public boolean contains(Object key) {
        return all.contains(key);
      }

      @Override
      public Spliterator<K> spliterator() {
        return toMap().keySet().spliterator();
      }

      @Override
      public int size() {
        return all.size();
      }

      @Override
      public void clear() {
        all.clear();
      }
    };
  }

  @Override
  public Collection<V> values() {
    Collection<V> all = super.values();
    return new AbstractCollection<>() {
      @Override
      public Iterator<V> iterator() {
        return all.iterator();
      }

      @Override
      public boolean contains(Object value) {
        return all.contains(value);
      }

      @Override
      public Spliterator<V> spliterator() {
        return toMap().values().spliterator();
      }

      @Override
      public int size() {
        return all.size();
      }

      @Override
      public void clear() {
        all.clear();
      }
    };
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      private List<Entry<K, V>> all() {
        return toMap().entrySet().stream().map(SessionDict.this::shown).toList();
      }

      @Override
      public Iterator<Entry<K, V>> iterator() {
        return new Snapshot<>(
            all(),
            UnaryOperator.identity(),
            (index, entry) -> SessionDict.this.remove(entry.getKey()));
      }

      @Override
      public Spliterator<Entry<K, V>> spliterator() {
        return all().spliterator();
      }

      @Override
      public int size() {
        return SessionDict.this.size();
      }

      @Override
      public void clear() {
        SessionDict.this.clear();
      }
    };
  }

  /** An entry as it was, through which it can be set. */
  private Entry<K, V> shown(Entry<K, V> read) {
    return new SimpleEntry<>(read) {
      private static final long serialVersionUID = 1L;

      @Override
      public V setValue(V value) {
        put(getKey(), value);
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
