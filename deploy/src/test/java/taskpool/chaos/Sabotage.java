package taskpool.chaos;

/**
 * Harm done to a worker.
 *
 * @param atNanos {@link System#nanoTime} just before
 */
record Sabotage(Kind kind, long pid, long atNanos) {
  enum Kind {
    /** SIGKILL. */
    KILL,
    /** SIGSTOP, and never SIGCONT: the pool has to notice, and to kill it. */
    PAUSE
  }
}
