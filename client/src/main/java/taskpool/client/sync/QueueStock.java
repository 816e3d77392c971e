package taskpool.client.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.client.SyncCalls.Handler;
import taskpool.client.SyncCalls.Teller;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;

/**
 * What a process has of a queue in advance: room that it may fill without asking, and items that
 * came ahead of who takes them, until the coordinator recalls both because somebody else could see
 * a difference. Decides what is said to the coordinator about them; whose thread waits for an
 * answer is not its business. Thread-safe.
 */
public final class QueueStock {

  /** How it speaks to the coordinator. */
  public interface Voice {
    /** See {@link taskpool.client.SyncCalls#tellSoon}. */
    void tellSoon(Consumer<Teller> speech);

    /** Says something that is not answered. */
    void tell(SyncOperation operation, long argument);

    /** What was put is about to be told, and the coordinator may not have it yet. */
    default void stored() {}
  }

  /** So much is welcome in advance. */
  private static final int AHEAD = 512;

  /** Larger items go one by one, so that not too many bytes are on their way. */
  private static final int LARGE_BYTES = 4 * 1024;

  private final Voice voice;

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

  public QueueStock(Voice voice) {
    this.voice = voice;
  }

  /** Whether an item is to be put by itself, and room is no matter. */
  public static boolean isLarge(byte[] item) {
    return item.length > LARGE_BYTES;
  }

  static boolean isOk(SyncReply reply) {
    return reply.status() == Status.OK;
  }

  /** Puts an item if there is room for it in advance. */
  public synchronized boolean store(byte[] item) {
    if (room == 0) {
      return false;
    }
    room--;
    add(item);
    return true;
  }

  /** Stores items from an index on, as there is room; gives the index of the first that is left. */
  synchronized int store(List<byte[]> items, int from) {
    int next = from;
    while (next < items.size() && room > 0 && !isLarge(items.get(next))) {
      stored.add(items.get(next));
      room--;
      next++;
    }
    if (next > from) {
      haveStored();
    }
    return next;
  }

  /** How much room to ask for: the argument of {@link SyncOperation#RESERVE}. */
  public static long wantedRoom() {
    return AHEAD;
  }

  /** What becomes of granted room: one item's is promised to who asked. */
  public Handler reserving() {
    return new Room();
  }

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
      voice.tellSoon(QueueStock.this::giveBack); // it may count as about to be filled
      return true;
    }
  }

  private synchronized void gain(int more, int promises) {
    room += more;
    promised += promises;
  }

  /** Puts an item into the room that an answer has promised; false if it has not. */
  public synchronized boolean fill(SyncReply reply, byte[] item) {
    if (!isOk(reply)) {
      return false;
    }
    promised--;
    add(item);
    return true;
  }

  private void add(byte[] item) {
    stored.add(item);
    haveStored();
  }

  private void haveStored() {
    tellSoon();
    voice.stored(); // not before: who hears of it asks behind what is told
  }

  private void tellSoon() {
    if (!tellingSoon) {
      tellingSoon = true;
      voice.tellSoon(this::tell);
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

  /** Answers a recall. On the session's thread. */
  public synchronized void recalled(Teller teller) {
    tell(teller);
    room = 0;
    ahead.clear();
    teller.tell(SyncOperation.RETURN, promised, null);
  }

  /** On the session's thread. */
  private synchronized void giveBack(Teller teller) {
    tell(teller);
    long items = ahead.size();
    teller.tell(SyncOperation.GIVE_BACK, room | items << Integer.SIZE, null);
    room = 0;
    ahead.clear();
  }

  /** The first item of those that came ahead; null if none did. */
  public synchronized byte @Nullable [] takeAhead() {
    byte[] first = ahead.poll();
    if (first != null) {
      handed++;
      tellSoon();
    }
    return first;
  }

  /** The first items of those that came ahead, up to so many. */
  synchronized List<byte[]> takeAhead(int most) {
    int count = Math.min(most, ahead.size());
    List<byte[]> first = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      first.add(ahead.remove());
    }
    if (count > 0) {
      handed += count;
      tellSoon();
    }
    return first;
  }

  /** Takes up to so many items from the coordinator. */
  public Taking taking(int most) {
    return new Taking(most);
  }

  /** What becomes of items: those asked for are for who asked, the others stay ahead. */
  public final class Taking implements Handler {
    private final int most;
    private List<byte[]> asked = List.of();

    private Taking(int most) {
      this.most = most;
    }

    /** As {@link SyncOperation#TAKE} wants it. */
    public long argument() {
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
      voice.tellSoon(QueueStock.this::giveBack); // they come after this one
      voice.tell(SyncOperation.PUT_BACK, reply.id());
      return true;
    }

    /** The items that were asked for, and now belong to who asked; empty if there were none. */
    public List<byte[]> taken(SyncReply reply) {
      if (!isOk(reply)) {
        return List.of();
      }
      voice.tell(SyncOperation.TAKEN, reply.id());
      return asked;
    }
  }

  private synchronized void receive(List<byte[]> items) {
    ahead.addAll(items);
  }

  /** To be called before anything is asked about the queue as a whole. */
  public synchronized void beforeLook() {
    if (!ahead.isEmpty()) {
      voice.tellSoon(this::giveBack);
    }
  }
}
