package taskpool.client.sync;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import taskpool.codec.ElementCodec;
import taskpool.error.StaleTokenException;
import taskpool.protocol.Swap;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.sync.ClusterLock;
import taskpool.sync.SharedValue;

/** A value as this process sees it: the one entry of a dictionary. Thread-safe. */
@NullUnmarked
final class SessionValue<V> implements SharedValue<V> {
  private static final byte[] KEY = {};

  private final SyncObject object;
  private final ElementCodec codec;
  private final ClusterLock lock;

  SessionValue(SyncObject object, ElementCodec codec, ClusterLock lock) {
    this.object = object;
    this.codec = codec;
    this.lock = lock;
  }

  private byte[] encode(V value) {
    return codec.encode(Objects.requireNonNull(value, "value"));
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private V decode(SyncReply reply) {
    return (V) codec.decode(Objects.requireNonNull(reply.payload(), "no value"));
  }

  private SyncReply swap(Swap swap, long token) {
    SyncReply reply = object.ask(SyncOperation.SWAP, token, swap.encode());
    if (reply.status() == Status.STALE) {
      throw new StaleTokenException(
          "%s has been changed under token %d: token %d is too old"
              .formatted(object, reply.value(), token));
    }
    return reply;
  }

  @Override
  public V get() {
    return decode(object.ask(SyncOperation.GET, 0, KEY));
  }

  @Override
  public void set(V value) {
    SyncReply unused = swap(Swap.always(KEY, encode(value)), 0);
  }

  @Override
  public void set(V value, long token) {
    SyncReply unused = swap(Swap.always(KEY, encode(value)), token);
  }

  @Override
  public V getAndSet(V value) {
    return decode(swap(Swap.always(KEY, encode(value)), 0));
  }

  @Override
  public boolean compareAndSet(V expected, V value) {
    return swap(Swap.ifEqual(KEY, encode(expected), encode(value)), 0).value() == 1;
  }

  @Override
  public V update(UnaryOperator<V> change) throws InterruptedException {
    try (ClusterLock.Hold hold = lock.acquire()) {
      SyncReply now = object.ask(SyncOperation.GET, 0, KEY);
      while (true) {
        V next = change.apply(decode(now));
        now = swap(Swap.ifEqual(KEY, now.payload(), encode(next)), hold.token());
        if (now.value() == 1) {
          return next;
        }
      }
    }
  }

  @Override
  public ClusterLock lock() {
    return lock;
  }

  SyncReference reference() {
    return object.reference("");
  }

  /** Its name, not what it is now. */
  @Override
  public String toString() {
    return object.toString();
  }
}
