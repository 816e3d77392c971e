package taskpool.client.sync;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.client.SyncCalls.Handler;
import taskpool.client.SyncCalls.Teller;
import taskpool.client.sync.QueueStock.Taking;
import taskpool.error.PoolClosedException;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;

/**
 * This process's end of a queue, of items as they are written: asks the coordinator for what is not
 * in {@link QueueStock}. Thread-safe.
 */
final class QueueEnd {
  /** All of this process that are in use. */
  private static final Set<QueueEnd> ENDS =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final SyncObject object;
  private final QueueStock stock = new QueueStock(new ObjectsVoice());

  /** How often items were put; and how often of that the coordinator is known to have them. */
  private final AtomicLong stored = new AtomicLong();

  private final AtomicLong settled = new AtomicLong();

  QueueEnd(SyncObject object) {
    this.object = object;
    object.onRecall(stock::recalled);
    ENDS.add(this);
  }

  SyncObject object() {
    return object;
  }

  private final class ObjectsVoice implements QueueStock.Voice {
    @Override
    public void tellSoon(Consumer<Teller> speech) {
      object.tellSoon(speech);
    }

    @Override
    public void tell(SyncOperation operation, long argument) {
      object.tell(operation, argument);
    }

    @Override
    public void stored() {
      long unused = stored.incrementAndGet();
    }
  }

  /**
   * Waits until the coordinator has all items that this process has put, into any queue: for when
   * others hear of it by another way.
   */
  static void settleAll() {
    List<QueueEnd> ends;
    synchronized (ENDS) {
      ends = List.copyOf(ENDS);
    }
    ends.forEach(QueueEnd::settle);
  }

  /** No lock is held: who waits for an answer lends its slot, and wants it back after that. */
  private void settle() {
    long told = stored.get();
    if (settled.get() < told) {
      try {
        SyncReply unused = object.ask(SyncOperation.JOIN); // any answer comes after them
      } catch (PoolClosedException e) {
        // nobody is left who could see a difference
      }
      settled.accumulateAndGet(told, Math::max);
    }
  }

  /** Appends an item; false if there was no room in time. */
  boolean put(byte[] item, long timeoutNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (QueueStock.isLarge(item)) {
      return QueueStock.isOk(
          object.await(SyncOperation.PUT, 0, timeoutNanos, single(item), Handler.KEEPS));
    }
    if (stock.store(item)) {
      return true;
    }
    long wanted = QueueStock.wantedRoom();
    return stock.fill(
        object.await(SyncOperation.RESERVE, wanted, timeoutNanos, null, stock.reserving()), item);
  }

  /** Appends an item if there is room now. */
  boolean offer(byte[] item) {
    if (QueueStock.isLarge(item)) {
      return QueueStock.isOk(object.ask(SyncOperation.PUT, 0, single(item)));
    }
    long wanted = QueueStock.wantedRoom();
    return stock.store(item)
        || stock.fill(object.ask(SyncOperation.RESERVE, wanted, null, stock.reserving()), item);
  }

  /** Appends items one after the other, waiting for room as long as it takes. */
  void putAll(List<byte[]> items) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    for (int next = stock.store(items, 0); next < items.size(); ) {
      boolean unused = put(items.get(next), SyncRequest.FOR_EVER);
      next = stock.store(items, next + 1);
    }
  }

  private static byte[] single(byte[] item) {
    return Items.join(List.of(item));
  }

  /** Takes the first item; null if there was none in time. */
  byte @Nullable [] take(long timeoutNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    byte[] first = stock.takeAhead();
    if (first != null) {
      return first;
    }
    Taking taking = stock.taking(1);
    return first(
        taking.taken(
            object.await(SyncOperation.TAKE, taking.argument(), timeoutNanos, null, taking)));
  }

  /** Takes the first item if there is one now; else null. */
  byte @Nullable [] poll() {
    byte[] first = stock.takeAhead();
    if (first != null) {
      return first;
    }
    Taking taking = stock.taking(1);
    return first(taking.taken(object.ask(SyncOperation.TAKE, taking.argument(), null, taking)));
  }

  private static byte @Nullable [] first(List<byte[]> taken) {
    return taken.isEmpty() ? null : taken.get(0);
  }

  /** Takes what is there now, up to so many. */
  List<byte[]> drain(int most) {
    List<byte[]> drained = stock.takeAhead(most);
    if (drained.size() < most) {
      Taking taking = stock.taking(most - drained.size());
      drained.addAll(taking.taken(object.ask(SyncOperation.TAKE, taking.argument(), null, taking)));
    }
    return drained;
  }

  /** Asks about the queue as a whole. */
  SyncReply ask(SyncOperation operation, long argument, byte @Nullable [] payload) {
    stock.beforeLook();
    return object.ask(operation, argument, payload);
  }
}
