package taskpool.protocol;

/** The kinds of primitives. Sent as the ordinal; a name is unique within its kind. */
public enum SyncKind {
  /** A lock and its conditions. */
  LOCK,
  /** A lock that its owner may take more than once. */
  REENTRANT_LOCK,
  /** Permits, of which any number may be given back. */
  SEMAPHORE,
  /** Permits, of which no more may be given back than there were. */
  BOUNDED_SEMAPHORE,
  EVENT,
  LATCH,
  BARRIER,
  QUEUE
}
