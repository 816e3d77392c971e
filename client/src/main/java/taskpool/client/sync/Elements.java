package taskpool.client.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import taskpool.codec.ElementCodec;
import taskpool.protocol.Items;
import taskpool.protocol.Swap;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;

/** What arrays and lists have in common: elements by their index, at the coordinator. */
@NullUnmarked
final class Elements<E> {
  private final SyncObject object;
  private final ElementCodec codec;

  Elements(SyncObject object, ElementCodec codec) {
    this.object = object;
    this.codec = codec;
  }

  SyncObject object() {
    return object;
  }

  private byte[] encode(E element) {
    return codec.encode(Objects.requireNonNull(element, "element"));
  }

  private byte[] encodeAll(Collection<? extends E> elements) {
    List<byte[]> items = new ArrayList<>(elements.size());
    elements.forEach(element -> items.add(encode(element)));
    return Items.join(items);
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private E decode(byte[] bytes) {
    return (E) codec.decode(bytes);
  }

  /** Asks about the element at an index. */
  private SyncReply ask(SyncOperation operation, int index, long argument, byte[] payload) {
    if (index < 0) {
      throw new IndexOutOfBoundsException("index %d of %s".formatted(index, object));
    }
    SyncReply reply = object.ask(operation, argument, payload);
    if (reply.status() == Status.ABSENT) {
      throw new IndexOutOfBoundsException(
          "index %d of %s, which has %d elements".formatted(index, object, reply.value()));
    }
    return reply;
  }

  private SyncReply swap(int index, Swap swap) {
    return ask(SyncOperation.SWAP, index, 0, swap.encode());
  }

  E get(int index) {
    return decode(ask(SyncOperation.GET, index, index, null).payload());
  }

  /** Gives what was there before. */
  E set(int index, E element) {
    return decode(swap(index, Swap.always(Swap.at(index), encode(element))).payload());
  }

  boolean compareAndSet(int index, E expected, E element) {
    Swap swap = Swap.ifEqual(Swap.at(index), encode(expected), encode(element));
    return swap(index, swap).value() == 1;
  }

  E update(int index, UnaryOperator<E> change) {
    SyncReply now = ask(SyncOperation.GET, index, index, null);
    while (true) {
      E next = change.apply(decode(now.payload()));
      now = swap(index, Swap.ifEqual(Swap.at(index), now.payload(), encode(next)));
      if (now.value() == 1) {
        return next;
      }
    }
  }

  void insert(int index, Collection<? extends E> elements) {
    SyncReply unused = ask(SyncOperation.INSERT, index, index, encodeAll(elements));
  }

  void append(Collection<? extends E> elements) {
    SyncReply unused = object.ask(SyncOperation.INSERT, -1, encodeAll(elements));
  }

  E removeAt(int index) {
    return decode(ask(SyncOperation.REMOVE_AT, index, index, null).payload());
  }

  boolean remove(Object element) {
    Optional<byte[]> sought = codec.encodeSought(element);
    return sought.isPresent() && object.ask(SyncOperation.REMOVE, 0, sought.get()).value() == 1;
  }

  /** Goes through all as they are now. */
  Iterator<E> iterator() {
    return new Snapshot<>(written(), this::decode, this::removeRead);
  }

  /** Takes out what was read, from where it was, else the first that is written alike. */
  private void removeRead(int index, byte[] item) {
    SyncReply unused = object.ask(SyncOperation.REMOVE, index, item);
  }

  void clear() {
    SyncReply unused = object.ask(SyncOperation.CLEAR_ALL);
  }

  int size() {
    return (int) object.ask(SyncOperation.STATE).value();
  }

  /** All as they are now, in a list of their own. */
  List<E> all() {
    List<E> all = new ArrayList<>();
    written().forEach(item -> all.add(decode(item)));
    return all;
  }

  private List<byte[]> written() {
    return Items.split(object.ask(SyncOperation.READ_ALL).payload());
  }

  /** The indices of those that are written as this one is, in their order. */
  IntStream indicesOf(Object element) {
    Predicate<byte[]> same = codec.writtenAs(element);
    List<byte[]> all = written();
    return IntStream.range(0, all.size()).filter(i -> same.test(all.get(i)));
  }
}
