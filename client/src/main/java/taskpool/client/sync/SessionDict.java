package taskpool.client.sync;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return new Snapshot<>(
            toMap().entrySet().stream().map(SessionDict.this::shown).toList(),
            (index, entry) -> SessionDict.this.remove(entry.getKey()));
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
