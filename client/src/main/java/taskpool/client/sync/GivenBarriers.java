package taskpool.client.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import taskpool.error.PoolClosedException;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;

/**
 * The barriers among what a process is given at its start. The process is awaited at them from then
 * on: when it ends too early, the others are told. Collected by one thread, then safe for use by
 * many.
 */
public final class GivenBarriers {
  private static final ThreadLocal<@Nullable GivenBarriers> COLLECTING = new ThreadLocal<>();

  private final Set<SyncObject> barriers = new LinkedHashSet<>();

  /** Adds those that are written meanwhile on this thread. */
  public byte[] collect(Supplier<byte[]> writing) {
    GivenBarriers outer = COLLECTING.get();
    COLLECTING.set(this);
    try {
      return writing.get();
    } finally {
      COLLECTING.set(outer);
    }
  }

  /** One is being written. */
  static void written(SyncObject barrier) {
    GivenBarriers collecting = COLLECTING.get();
    if (collecting != null) {
      collecting.barriers.add(barrier);
    }
  }

  /**
   * A process is about to start. Does not wait, but for this process's session if it has none yet.
   *
   * @param party stands for it
   */
  public void given(long party, String name) {
    tell(SyncOperation.GIVEN, party, name);
  }

  /** It has ended by itself, or could not be started. */
  public void ended(long party, String name) {
    tell(SyncOperation.PARTY_ENDED, party, name);
  }

  /** It has died. */
  public void died(long party, String name) {
    tell(SyncOperation.PARTY_DIED, party, name);
  }

  private void tell(SyncOperation operation, long party, String name) {
    barriers.forEach(barrier -> barrier.tell(operation, party, name.getBytes(UTF_8)));
  }

  /** Waits until the coordinators have what was told, or are gone. */
  public void settle() {
    for (SyncObject barrier : barriers) {
      try {
        SyncReply unused = barrier.ask(SyncOperation.STATE); // its answer comes after that
      } catch (PoolClosedException e) {
        // nobody is left who could wait there
      }
    }
  }
}
