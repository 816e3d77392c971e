package taskpool.client.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.SyncOperation;

/**
 * The barriers among what a process is given at its start. It is awaited there from then on: when
 * it ends too early, the others are told. Collected by one thread, then safe for use by many.
 */
public final class GivenBarriers {
  private static final ThreadLocal<@Nullable GivenBarriers> COLLECTING = new ThreadLocal<>();

  private final Set<SyncObject> barriers = new LinkedHashSet<>();

  /** Adds those that are written meanwhile on this thread. */
  public byte[] collect(Supplier<byte[]> writing) {
    COLLECTING.set(this);
    try {
      return writing.get();
    } finally {
      COLLECTING.remove();
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
   * A process is about to start. Does not wait.
   *
   * @param party stands for it
   */
  public void given(long party, String name) {
    tell(SyncOperation.GIVEN, party, name);
  }

  /** It has ended by itself, or could not be started. Does not wait. */
  public void ended(long party, String name) {
    tell(SyncOperation.PARTY_ENDED, party, name);
  }

  /** It has died. Does not wait. */
  public void died(long party, String name) {
    tell(SyncOperation.PARTY_DIED, party, name);
  }

  private void tell(SyncOperation operation, long party, String name) {
    barriers.forEach(barrier -> barrier.tell(operation, party, name.getBytes(UTF_8)));
  }
}
