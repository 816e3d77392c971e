package taskpool.client.sync;

import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import org.jspecify.annotations.NullUnmarked;
import taskpool.codec.ElementCodec;
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
  private final QueueEnd end;
  private final SyncObject object;
  private final ElementCodec codec;

  SessionQueue(QueueEnd end, ElementCodec codec) {
    this.end = end;
    this.object = end.object();
    this.codec = codec;
  }

  private byte[] encode(Object element) {
    return codec.encode(Objects.requireNonNull(element, "element"));
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private E decode(byte[] item) {
    return item == null ? null : (E) codec.decode(item);
  }

  /** The first ones as they are written. */
  private List<byte[]> first(int most) {
    return Items.split(end.ask(SyncOperation.PEEK, most, null).payload());
  }

  private List<byte[]> all() {
    return first(Integer.MAX_VALUE);
  }

  @Override
  public boolean offer(E element) {
    return end.offer(encode(element));
  }

  @Override
  public boolean offer(E element, Duration timeout) throws InterruptedException {
    return end.put(encode(element), SyncObject.nanos(timeout));
  }

  @Override
  public void put(E element) throws InterruptedException {
    boolean unused = end.put(encode(element), SyncRequest.FOR_EVER);
  }

  @Override
  public void putAll(Collection<? extends E> elements) throws InterruptedException {
    List<byte[]> items = new ArrayList<>(Objects.requireNonNull(elements, "elements").size());
    elements.forEach(element -> items.add(encode(element)));
    end.putAll(items);
  }

  @Override
  public E take() throws InterruptedException {
    return decode(end.take(SyncRequest.FOR_EVER));
  }

  @Override
  public E poll(Duration timeout) throws InterruptedException {
    return decode(end.take(SyncObject.nanos(timeout)));
  }

  @Override
  public E poll() {
    return decode(end.poll());
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
    List<byte[]> taken = end.drain(most);
    taken.forEach(item -> to.add(decode(item)));
    return taken.size();
  }

  /** Takes out in one step what is there now, so that nothing which comes meanwhile goes, too. */
  @Override
  public void clear() {
    SyncReply unused = end.ask(SyncOperation.CLEAR_ALL, 0, null);
  }

  @Override
  public E peek() {
    List<byte[]> first = first(1);
    return first.isEmpty() ? null : decode(first.get(0));
  }

  @Override
  public Iterator<E> iterator() {
    return new Snapshot<>(all(), this::decode, this::removeRead);
  }

  private void removeRead(int index, byte[] item) {
    SyncReply unused = end.ask(SyncOperation.REMOVE, index, item);
  }

  @Override
  public Spliterator<E> spliterator() {
    List<E> elements = new ArrayList<>();
    all().forEach(item -> elements.add(decode(item)));
    return elements.spliterator();
  }

  @Override
  public boolean contains(Object element) {
    return all().stream().anyMatch(codec.writtenAs(element));
  }

  @Override
  public boolean remove(Object element) {
    Optional<byte[]> sought = codec.encodeSought(element);
    return sought.isPresent() && end.ask(SyncOperation.REMOVE, 0, sought.get()).value() == 1;
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, end.ask(SyncOperation.STATE, 0, null).value());
  }

  @Override
  public int remainingCapacity() {
    SyncReply state = end.ask(SyncOperation.STATE, 0, null);
    int capacity = SyncObject.number(state.payload());
    return capacity == 0 ? Integer.MAX_VALUE : (int) Math.max(0, capacity - state.value());
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
