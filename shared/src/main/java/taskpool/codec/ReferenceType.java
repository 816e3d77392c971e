package taskpool.codec;

import java.lang.reflect.Type;
import java.util.List;

/**
 * A type whose values travel as references: what arrives is no copy, but another end of the same
 * thing, as {@code multiprocessing} sends queues and locks. Found by {@link
 * java.util.ServiceLoader}, in every process.
 *
 * <p>A value may stand wherever its interface is declared: as an argument, captured, in a field, as
 * an element of a collection. It is the declaration that chooses the type; nothing on the wire
 * does.
 *
 * <p>Implementations are thread-safe, and do not block: {@link #resolve} is called also in the
 * process that sends, which reads back what it is about to send for the first time.
 *
 * @param <T> the interface
 * @param <R> what travels: data, such as a record
 */
public interface ReferenceType<T, R> {
  /** The interface that is to be declared. */
  Class<T> type();

  /** What travels instead. */
  Class<R> form();

  /**
   * What leads to the value from another process.
   *
   * @throws taskpool.error.NotSendableException if nothing does
   */
  R refer(T value);

  /** The value, or this process's end of it. */
  T resolve(R reference);

  /**
   * The same where the declaration says what it holds, as in {@code ClusterQueue<Item>}.
   *
   * @param arguments the declaration's type arguments; none if it has none
   */
  default T resolve(R reference, List<Type> arguments) {
    return resolve(reference);
  }
}
