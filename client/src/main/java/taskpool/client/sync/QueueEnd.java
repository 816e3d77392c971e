package taskpool.client.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import taskpool.client.SyncCalls.Handler;
import taskpool.client.SyncCalls.Teller;
import taskpool.error.PoolClosedException;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * This process's end of a queue, of items as they are written. It may have room to fill without
 * asking, and items that came ahead of who takes them, until the coordinator recalls both because
 * somebody else could see a difference. Thread-safe.
 */
final class QueueEnd {
  /** So much is welcome in advance. */
  private static final int AHEAD = 512;

  /** Larger items go one by one, so that not too many bytes are on their way. */
  private static final int LARGE_BYTES = 4 * 1024;

  /** Ends with items that the coordinator may not have yet. */
  private static final Queue<QueueEnd> UNSETTLED = new ConcurrentLinkedQueue<>();

  private final SyncObject object;

  /** How many items may be put without asking. */
  private int room;

  /** Of what was granted, what threads are about to fill. */
  private int promised;

  /** Put, and not told yet. */
  private final List<byte[]> stored = new ArrayList<>();

  private final ArrayDeque<byte[]> ahead = new ArrayDeque<>();

  /** Taken from those ahead, and not told yet. */
  private int handed;

  private boolean tellingSoon;
  private boolean unsettled;

  QueueEnd(SyncObject object) {
    this.object = object;
    object.onRecall(this::giveBackAll);
  }

  SyncObject object() {
    return object;
  }

  /**
   * Waits until the coordinator has all items that this process has put, into any queue: for when
   * others hear of it by another way.
   */
  static void settleAll() {
    for (QueueEnd next = UNSETTLED.poll(); next != null; next = UNSETTLED.poll()) {
      next.settle();
    }
  }

  private void settle() {
    synchronized (this) {
      unsettled = false;
    }
    try {
      SyncReply unused = object.ask(SyncOperation.JOIN); // any answer comes after them
    } catch (PoolClosedException e) {
      // nobody is left who could see a difference
    }
  }

  /** Appends an item; false if there was no room in time. */
  boolean put(byte[] item, long timeoutNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (isLarge(item)) {
      return isOk(object.await(SyncOperation.PUT, 0, timeoutNanos, single(item), Handler.KEEPS));
    }
    if (storeUnasked(item)) {
      return true;
    }
    Room wanted = new Room();
    return fill(object.await(SyncOperation.RESERVE, AHEAD, timeoutNanos, null, wanted), item);
  }

  /** Appends an item if there is room now. */
  boolean offer(byte[] item) {
    if (isLarge(item)) {
      return isOk(object.ask(SyncOperation.PUT, 0, single(item)));
    }
    return storeUnasked(item)
        || fill(object.ask(SyncOperation.RESERVE, AHEAD, null, new Room()), item);
  }

  /** Appends items one after the other, waiting for room as long as it takes. */
  void putAll(List<byte[]> items) throws InterruptedException {
    for (int next = storeUnasked(items, 0); next < items.size(); ) {
      boolean unused = put(items.get(next), SyncRequest.FOR_EVER);
      next = storeUnasked(items, next + 1);
    }
  }

  private static boolean isLarge(byte[] item) {
    return item.length > LARGE_BYTES;
  }

  private static byte[] single(byte[] item) {
    return Items.join(List.of(item));
  }

  private static boolean isOk(SyncReply reply) {
    return reply.status() == Status.OK;
  }

  /** What becomes of granted room: one item's is promised to who asked. */
  private final class Room implements Handler {
    @Override
    public void arrived(SyncReply reply) {
      if (isOk(reply)) {
        gain((int) reply.value() - 1, 1);
      }
    }

    @Override
    public boolean giveBack(SyncReply reply) {
      gain(1, -1);
      return true;
    }
  }

  private synchronized void gain(int more, int promises) {
    room += more;
    promised += promises;
  }

  private synchronized boolean storeUnasked(byte[] item) {
    if (room == 0) {
      return false;
    }
    room--;
    store(item);
    return true;
  }

  /** Stores items from an index on, as there is room; gives the index of the first that is left. */
  private synchronized int storeUnasked(List<byte[]> items, int from) {
    int next = from;
    while (next < items.size() && !isLarge(items.get(next)) && storeUnasked(items.get(next))) {
      next++;
    }
    return next;
  }

  private synchronized boolean fill(SyncReply reply, byte[] item) {
    if (!isOk(reply)) {
      return false;
    }
    promised--;
    store(item);
    return true;
  }

  private void store(byte[] item) {
    stored.add(item);
    if (!unsettled) {
      unsettled = true;
      UNSETTLED.add(this);
    }
    tellSoon();
  }

  private void tellSoon() {
    if (!tellingSoon) {
      tellingSoon = true;
      object.tellSoon(this::tell);
    }
  }

  /** On the session's thread. */
  private synchronized void tell(Teller teller) {
    tellingSoon = false;
    if (!stored.isEmpty()) {
      teller.tell(SyncOperation.STORE, 0, Items.join(stored));
      stored.clear();
    }
    if (handed > 0) {
      teller.tell(SyncOperation.HANDED, handed, null);
      handed = 0;
    }
  }

  /** On the session's thread. */
  private synchronized void giveBackAll(Teller teller) {
    tell(teller);
    room = 0;
    ahead.clear();
    teller.tell(SyncOperation.RETURN, promised, null);
  }

  /** Takes the first item; null if there was none in time. */
  byte @Nullable [] take(long timeoutNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    byte[] first = takeAhead();
    if (first != null) {
      return first;
    }
    Taking taking = new Taking(1);
    return first(
        object.await(SyncOperation.TAKE, taking.argument(), timeoutNanos, null, taking), taking);
  }

  /** Takes the first item if there is one now; else null. */
  byte @Nullable [] poll() {
    byte[] first = takeAhead();
    if (first != null) {
      return first;
    }
    Taking taking = new Taking(1);
    return first(object.ask(SyncOperation.TAKE, taking.argument(), null, taking), taking);
  }

  private byte @Nullable [] first(SyncReply reply, Taking taking) {
    List<byte[]> taken = taken(reply, taking);
    return taken.isEmpty() ? null : taken.get(0);
  }

  private List<byte[]> taken(SyncReply reply, Taking taking) {
    if (!isOk(reply)) {
      return List.of();
    }
    object.tell(SyncOperation.TAKEN, reply.id());
    return taking.asked;
  }

  /** Takes what is there now, up to so many. */
  List<byte[]> drain(int most) {
    List<byte[]> drained = new ArrayList<>();
    byte[] next = takeAhead();
    while (next != null) {
      drained.add(next);
      next = drained.size() < most ? takeAhead() : null;
    }
    if (drained.size() < most) {
      Taking taking = new Taking(most - drained.size());
      drained.addAll(
          taken(object.ask(SyncOperation.TAKE, taking.argument(), null, taking), taking));
    }
    return drained;
  }

  private synchronized byte @Nullable [] takeAhead() {
    byte[] first = ahead.poll();
    if (first != null) {
      handed++;
      tellSoon();
    }
    return first;
  }

  /** What becomes of items: those asked for are for who asked, the others stay ahead. */
  private final class Taking implements Handler {
    private final int most;
    private List<byte[]> asked = List.of();

    Taking(int most) {
      this.most = most;
    }

    /** As {@link SyncOperation#TAKE} wants it. */
    long argument() {
      return most | (long) AHEAD << Integer.SIZE;
    }

    @Override
    public void arrived(SyncReply reply) {
      if (isOk(reply)) {
        List<byte[]> items = Items.split(reply.payload());
        int count = (int) reply.value();
        asked = items.subList(0, count);
        receive(items.subList(count, items.size()));
      }
    }

    @Override
    public boolean giveBack(SyncReply reply) {
      object.tellSoon(QueueEnd.this::giveBackAll); // they come after this one
      object.tell(SyncOperation.PUT_BACK, reply.id());
      return true;
    }
  }

  private synchronized void receive(List<byte[]> items) {
    ahead.addAll(items);
  }

  /** Asks about the queue as a whole. */
  SyncReply ask(SyncOperation operation, long argument, byte @Nullable [] payload) {
    synchronized (this) {
      if (!ahead.isEmpty()) {
        object.tellSoon(this::giveBackAll);
      }
    }
    return object.ask(operation, argument, payload);
  }
}
