package taskpool.sync;

/**
 * Two connected ends: what is sent at one is received at the other, both ways; {@code
 * multiprocessing.Pipe()}. Thread-safe.
 */
public interface Pipe<E> {
  /** One end. */
  PipeEnd<E> first();

  /** The other end. */
  PipeEnd<E> second();
}
