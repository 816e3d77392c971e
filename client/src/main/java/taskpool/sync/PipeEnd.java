package taskpool.sync;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@link Pipe}; {@code multiprocessing.Connection}. It travels as an argument or
 * result, and is the same end there.
 *
 * <p>An end is closed for all who have it when one closes it, and when the last process that has
 * sent or received at it has died or ended. Then the other end still receives what was sent before,
 * and after that an {@link EOFException}. So whoever only passes an end on does not keep it open. A
 * message on its way to a process that dies before it has it goes to the next one that receives at
 * the same end.
 *
 * <p>Thread-safe: several may send and receive at one end, in the order in which they came. What is
 * received is a copy.
 */
public interface PipeEnd<E> extends AutoCloseable {
  /**
   * Sends a message; waits while as many as the pipe takes have been sent and not received.
   *
   * @throws IOException if this end or the other one is closed; {@code BrokenPipeError} of Python
   * @throws taskpool.error.NotSendableException if the message can't be sent
   * @throws InterruptedException if the thread is interrupted before or while it waits; the message
   *     is not sent then
   */
  void send(E message) throws IOException, InterruptedException;

  /**
   * Receives the next message, waiting for it as long as it takes; {@code recv()}.
   *
   * @throws EOFException if there is none left and the other end is closed, or this one is
   */
  E receive() throws EOFException, InterruptedException;

  /**
   * Receives the next message if there is one in time; a duration of zero or less does not wait.
   *
   * @return null if there is none
   * @throws EOFException as {@link #receive}
   */
  @Nullable E poll(Duration timeout) throws EOFException, InterruptedException;

  /** Whether a message is here to be received, and this end is open; {@code poll()} of Python. */
  boolean isReady();

  /** Closes this end. Harmless when repeated. */
  @Override
  void close();
}
