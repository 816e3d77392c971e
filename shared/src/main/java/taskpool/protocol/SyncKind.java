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
  QUEUE,
  /** A queue that hands out again what a consumer has not done when it dies. */
  REDELIVERING_QUEUE,
  /** Two ends; what is put at one is taken at the other. */
  PIPE,
  VALUE,
  /** As many elements as at first. */
  ARRAY,
  /** Elements by their index. */
  LIST,
  /** Entries by key. */
  DICT
}
