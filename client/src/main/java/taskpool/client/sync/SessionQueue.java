package taskpool.client.sync;

import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import taskpool.codec.ElementCodec;
import taskpool.error.NotSendableException;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.sync.ClusterQueue;

/**
 * A queue as this process sees it. Thread-safe. Not null-marked, because the interfaces it follows
 * are not.
 */
@NullUnmarked
final class SessionQueue<E> extends AbstractQueue<E> implements ClusterQueue<E> {
  private final SyncObject object;
  private final ElementCodec codec;

  SessionQueue(SyncObject object, ElementCodec codec) {
    this.object = object;
    this.codec = codec;
  }

  private byte[] payload(Object element) {
    return Items.join(List.of(codec.encode(Objects.requireNonNull(element, "element"))));
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private List<E> elements(SyncReply reply) {
    List<E> elements = new ArrayList<>();
    Items.split(reply.payload()).forEach(item -> elements.add((E) codec.decode(item)));
    return elements;
  }

  @Override
  public boolean offer(E element) {
    return object.ask(SyncOperation.PUT, 0, payload(element)).status() == Status.OK;
  }

  @Override
  public boolean offer(E element, Duration timeout) throws InterruptedException {
    return put(payload(element), SyncObject.nanos(timeout));
  }

  @Override
  public void put(E element) throws InterruptedException {
    boolean unused = put(payload(element), SyncRequest.FOR_EVER);
  }

  @Override
  public void putAll(Collection<? extends E> elements) throws InterruptedException {
    List<byte[]> items = new ArrayList<>(elements.size());
    elements.forEach(
        element -> items.add(codec.encode(Objects.requireNonNull(element, "element"))));
    if (!items.isEmpty()) {
      boolean unused = put(Items.join(items), SyncRequest.FOR_EVER);
    }
  }

  private boolean put(byte[] payload, long timeoutNanos) throws InterruptedException {
    return object.await(SyncOperation.PUT, 0, timeoutNanos, payload, null).status() == Status.OK;
  }

  @Override
  public E take() throws InterruptedException {
    return take(SyncRequest.FOR_EVER);
  }

  @Override
  public E poll(Duration timeout) throws InterruptedException {
    return take(SyncObject.nanos(timeout));
  }

  private E take(long timeoutNanos) throws InterruptedException {
    SyncReply reply =
        object.await(
            SyncOperation.TAKE,
            1,
            timeoutNanos,
            null,
            unwanted -> object.tell(SyncOperation.PUT_BACK, unwanted.id()));
    List<E> taken = taken(reply);
    return taken.isEmpty() ? null : taken.get(0);
  }

  @Override
  public E poll() {
    List<E> taken = taken(object.ask(SyncOperation.TAKE, 1));
    return taken.isEmpty() ? null : taken.get(0);
  }

  /** They belong to this process when it has said so. */
  private List<E> taken(SyncReply reply) {
    if (reply.status() != Status.OK) {
      return List.of();
    }
    object.tell(SyncOperation.TAKEN, reply.id());
    return elements(reply);
  }

  @Override
  public int drainTo(Collection<? super E> to) {
    return drainTo(to, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super E> to, int most) {
    Objects.requireNonNull(to, "collection");
    if (to == this) {
      throw new IllegalArgumentException("a queue can't be drained to itself");
    }
    if (most <= 0) {
      return 0;
    }
    List<E> taken = taken(object.ask(SyncOperation.TAKE, most));
    to.addAll(taken);
    return taken.size();
  }

  @Override
  public E peek() {
    List<E> first = elements(object.ask(SyncOperation.PEEK, 1));
    return first.isEmpty() ? null : first.get(0);
  }

  @Override
  public Iterator<E> iterator() {
    Iterator<E> all = elements(object.ask(SyncOperation.PEEK, Integer.MAX_VALUE)).iterator();
    return new Iterator<>() {
      private E last;

      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public E next() {
        last = all.next();
        return last;
      }

      @Override
      public void remove() {
        if (last == null) {
          throw new IllegalStateException("next has not been called");
        }
        SessionQueue.this.remove(last);
        last = null;
      }
    };
  }

  @Override
  public boolean remove(Object element) {
    try {
      return element != null
          && object.ask(SyncOperation.REMOVE, 0, codec.encode(element)).value() == 1;
    } catch (NotSendableException e) {
      return false; // then it can't be in
    }
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, object.ask(SyncOperation.STATE).value());
  }

  @Override
  public int remainingCapacity() {
    long capacity = object.parameter();
    return capacity == 0 ? Integer.MAX_VALUE : (int) Math.max(0, capacity - size());
  }

  @Override
  public void taskDone(int elements) {
    if (elements < 1) {
      throw new IllegalArgumentException("elements must be at least 1, not " + elements);
    }
    if (object.ask(SyncOperation.TASK_DONE, elements).status() == Status.NOT_OWNER) {
      throw new IllegalStateException(
          "taskDone was called more often than elements were put into " + object);
    }
  }

  @Override
  public void join() throws InterruptedException {
    boolean unused = object.await(SyncOperation.JOIN, SyncRequest.FOR_EVER);
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return object.await(SyncOperation.JOIN, SyncObject.nanos(timeout));
  }

  SyncReference reference() {
    return object.reference("");
  }

  /** Its name; the elements are elsewhere. */
  @Override
  public String toString() {
    return object.toString();
  }
}
