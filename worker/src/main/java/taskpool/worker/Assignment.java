package taskpool.worker;

import org.jspecify.annotations.Nullable;
import taskpool.protocol.Lease;
import taskpool.protocol.Terms;

/**
 * A lease with all that is needed to run it.
 *
 * @param lease as it came; its payload may have come in chunks
 * @param function the encoded function
 * @param payload the encoded arguments
 */
public record Assignment(Lease lease, byte[] function, byte[] payload) {
  /** The lease's number. */
  public long id() {
    return lease.id();
  }

  /** What the submitter asked for, if anything. */
  public @Nullable Terms terms() {
    return lease.terms();
  }
}
