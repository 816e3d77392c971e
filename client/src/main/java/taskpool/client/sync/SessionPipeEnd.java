package taskpool.client.sync;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import taskpool.client.SyncCalls.Handler;
import taskpool.codec.ElementCodec;
import taskpool.protocol.Items;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;
import taskpool.sync.PipeEnd;

/** One end of a pipe as this process sees it. Thread-safe. */
@NullUnmarked
final class SessionPipeEnd<E> implements PipeEnd<E> {
  private final SyncObject object;
  private final ElementCodec codec;
  private final int number;

  SessionPipeEnd(SyncObject object, ElementCodec codec, int number) {
    this.object = object;
    this.codec = codec;
    this.number = number;
  }

  @Override
  public void send(E message) throws IOException, InterruptedException {
    byte[] item = codec.encode(Objects.requireNonNull(message, "message"));
    byte[] payload = Items.join(List.of(item));
    SyncReply reply =
        object.await(SyncOperation.PUT, number, SyncRequest.FOR_EVER, payload, Handler.KEEPS);
    if (reply.status() == Status.CLOSED) {
      throw new IOException(whichIsClosed(reply));
    }
  }

  /** Which end is closed, in words. */
  private String whichIsClosed(SyncReply reply) {
    return "%s end of %s is closed".formatted(reply.value() == 1 ? "this" : "the other", object);
  }

  @Override
  public E receive() throws EOFException, InterruptedException {
    return receive(SyncRequest.FOR_EVER);
  }

  @Override
  public E poll(Duration timeout) throws EOFException, InterruptedException {
    return receive(SyncObject.nanos(timeout));
  }

  private boolean putBack(SyncReply unwanted) {
    object.tell(SyncOperation.PUT_BACK, unwanted.id());
    return true;
  }

  @SuppressWarnings("unchecked") // the codec reads the declared type
  private E receive(long timeoutNanos) throws EOFException, InterruptedException {
    SyncReply reply = object.await(SyncOperation.TAKE, number, timeoutNanos, null, this::putBack);
    if (reply.status() == Status.CLOSED) {
      throw new EOFException(whichIsClosed(reply));
    }
    if (reply.status() != Status.OK) {
      return null;
    }
    object.tell(SyncOperation.TAKEN, reply.id());
    return (E) codec.decode(Items.split(reply.payload()).get(0));
  }

  @Override
  public boolean isReady() {
    SyncReply state = object.ask(SyncOperation.STATE, number);
    return state.status() == Status.OK && state.value() > 0;
  }

  @Override
  public void close() {
    SyncReply unused = object.ask(SyncOperation.CLOSE, number);
  }

  SyncReference reference() {
    return object.reference(Integer.toString(number));
  }

  @Override
  public String toString() {
    return (number == 0 ? "the first end of " : "the second end of ") + object;
  }
}
