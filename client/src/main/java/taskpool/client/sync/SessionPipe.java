package taskpool.client.sync;

import taskpool.codec.ElementCodec;
import taskpool.sync.Pipe;
import taskpool.sync.PipeEnd;

/** A pipe as this process sees it. Thread-safe. */
record SessionPipe<E>(SyncObject object, ElementCodec codec) implements Pipe<E> {
  @Override
  public PipeEnd<E> first() {
    return end(0);
  }

  @Override
  public PipeEnd<E> second() {
    return end(1);
  }

  /** One end, by its number. */
  PipeEnd<E> end(int number) {
    return new SessionPipeEnd<>(object, codec, number);
  }
}
