package taskpool.link;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.LongHashSet;
import taskpool.protocol.Chunk;
import taskpool.protocol.Parcel;

/**
 * Parcels on their way out. Small ones go whole and in order; a large one is cut into chunks that
 * share every batch with the small ones, so neither waits for the other, and goes itself, without
 * its payload, right after its last chunk. Where the order matters nothing overtakes a large one.
 * Confined to its link's owner.
 */
public final class ParcelQueue<P extends Parcel<P>> {
  private final int wholeUpToBytes;
  private final boolean inOrder;
  private final ArrayDeque<P> small = new ArrayDeque<>();

  /** In order with the small ones that came after the first of them, if the order matters. */
  private final ArrayDeque<P> large = new ArrayDeque<>();

  private final LongHashSet ids = new LongHashSet();
  private int sentOfFirstLarge;
  private long bytes;

  /** Creates a queue whose parcels travel whole when a quarter of a batch holds them. */
  public ParcelQueue(LinkSettings settings) {
    this(settings, false);
  }

  /** Creates one whose parcels leave just in the order in which they came. */
  public static <P extends Parcel<P>> ParcelQueue<P> inOrder(LinkSettings settings) {
    return new ParcelQueue<>(settings, true);
  }

  private ParcelQueue(LinkSettings settings, boolean inOrder) {
    this.inOrder = inOrder;
    this.wholeUpToBytes =
        settings.batchBytes() == Integer.MAX_VALUE ? Integer.MAX_VALUE : settings.batchBytes() / 4;
  }

  /** Appends a parcel that has its payload, or needs none. */
  public void add(P parcel) {
    ids.add(parcel.id());
    bytes += lengthOf(parcel) + parcel.ownBytes();
    if (isSmall(parcel) && (large.isEmpty() || !inOrder)) {
      small.add(parcel);
    } else {
      large.add(parcel);
    }
  }

  /** Drops all that has not left yet. */
  public void clear() {
    small.clear();
    large.clear();
    ids.clear();
    sentOfFirstLarge = 0;
    bytes = 0;
  }

  private static int lengthOf(Parcel<?> parcel) {
    byte[] payload = parcel.payload();
    return payload == null ? 0 : payload.length;
  }

  private boolean isSmall(P parcel) {
    return lengthOf(parcel) <= wholeUpToBytes;
  }

  public boolean isEmpty() {
    return small.isEmpty() && large.isEmpty();
  }

  /** Bytes waiting. */
  public long bytes() {
    return bytes;
  }

  /** Whether this parcel has not left yet. */
  public boolean contains(long id) {
    return ids.contains(id);
  }

  /** Moves the next parcels and chunks, about {@code maxBytes} of them, to the end of the lists. */
  public void drainTo(List<? super P> parcels, List<? super Chunk> chunks, int maxBytes) {
    int left = maxBytes;
    int keptForChunks = large.isEmpty() || inOrder ? 0 : maxBytes / 2;
    while (!small.isEmpty() && left > keptForChunks) {
      left -= drainWhole(small.remove(), parcels);
    }
    boolean mayGoOn = small.isEmpty() || !inOrder;
    while (mayGoOn && !large.isEmpty() && left > large.element().ownBytes()) {
      left -=
          isSmall(large.element())
              ? drainWhole(large.remove(), parcels)
              : drainFirstLarge(parcels, chunks, left - large.element().ownBytes());
    }
  }

  private int drainWhole(P parcel, List<? super P> parcels) {
    ids.remove(parcel.id());
    int size = lengthOf(parcel) + parcel.ownBytes();
    bytes -= size;
    parcels.add(parcel);
    return size;
  }

  private int drainFirstLarge(List<? super P> parcels, List<? super Chunk> chunks, int maxBytes) {
    P parcel = large.element();
    byte[] payload = parcel.payload();
    if (payload == null) {
      throw new IllegalStateException("a large parcel without its payload: " + parcel.id());
    }
    int end = Math.min(payload.length, sentOfFirstLarge + maxBytes);
    byte[] piece = Arrays.copyOfRange(payload, sentOfFirstLarge, end);
    chunks.add(new Chunk(parcel.id(), payload.length, piece));
    bytes -= piece.length;
    sentOfFirstLarge = end;
    if (end < payload.length) {
      return piece.length;
    }
    large.remove();
    ids.remove(parcel.id());
    sentOfFirstLarge = 0;
    bytes -= parcel.ownBytes();
    parcels.add(parcel.withPayload(null));
    return piece.length + parcel.ownBytes();
  }
}
