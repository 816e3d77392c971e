package taskpool.coordinator.sync;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Items;
import taskpool.protocol.Swap;
import taskpool.protocol.SyncReply.Status;
import taskpool.protocol.SyncRequest;

/**
 * Entries by key, in the order in which they came; a single value is the entry of the empty key.
 * Nobody waits here, and nobody's death changes anything. Confined to the coordinator.
 */
final class DictState implements Primitive {
  private final Answers answers;

  /** Keys are the same if they are written alike. */
  private final Map<ByteBuffer, byte[]> entries = new LinkedHashMap<>();

  private long highestToken;

  /**
   * Creates it.
   *
   * @param initial the value of the empty key, if it has one
   */
  DictState(Optional<byte[]> initial, Answers answers) {
    this.answers = answers;
    initial.ifPresent(value -> entries.put(ByteBuffer.allocate(0), value));
  }

  @Override
  public void handle(Caller caller, SyncRequest request) {
    switch (request.operation()) {
      case GET -> get(caller, request.payload());
      case SWAP ->
          Swap.decode(request.payload())
              .ifPresentOrElse(
                  swap -> swap(caller, swap, request.argument()),
                  () -> answers.answer(caller, Status.REFUSED, 0));
      case READ_ALL -> readAll(caller);
      case CLEAR_ALL -> {
        entries.clear();
        answers.ok(caller);
      }
      case STATE -> answers.ok(caller, entries.size());
      default -> answers.answer(caller, Status.REFUSED, 0);
    }
  }

  private void get(Caller caller, byte @Nullable [] key) {
    byte[] value = entries.get(ByteBuffer.wrap(key == null ? new byte[0] : key));
    answers.answer(caller, value == null ? Status.ABSENT : Status.OK, 0, value);
  }

  /** Answers what was there before, and 1 if it was done. */
  private void swap(Caller caller, Swap swap, long token) {
    if (token != 0 && token < highestToken) {
      answers.answer(caller, Status.STALE, highestToken);
      return;
    }
    highestToken = Math.max(highestToken, token);
    ByteBuffer key = ByteBuffer.wrap(swap.key());
    byte[] before = entries.get(key);
    boolean done = swap.isDone(before);
    byte[] next = swap.next();
    if (done && next == null) {
      entries.remove(key);
    } else if (done) {
      entries.put(key, next);
    }
    answers.answer(caller, before == null ? Status.ABSENT : Status.OK, done ? 1 : 0, before);
  }

  @SuppressWarnings("ByteBufferBackingArray") // each was wrapped around its array
  private void readAll(Caller caller) {
    List<byte[]> all = new ArrayList<>(2 * entries.size());
    entries.forEach(
        (key, value) -> {
          all.add(key.array());
          all.add(value);
        });
    answers.answer(caller, Status.OK, entries.size(), Items.join(all));
  }

  @Override
  public void giveUp(Caller caller, Status status) {
    // nobody waits
  }

  @Override
  public void sessionClosed(int session) {
    // what it wrote stays
  }
}
