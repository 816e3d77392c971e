package taskpool.link;

/**
 * What waits to be sent to one peer, in the form that peer understands. Confined to its link's
 * owner.
 */
public interface Outbox<B> {
  /** Whether there is nothing to send. */
  boolean isEmpty();

  /** Roughly the bytes waiting, as far as they matter for filling a batch. */
  long bytes();

  /** Takes the next batch of at most about {@code maxBytes}. Called only when not empty. */
  B take(int maxBytes);
}
