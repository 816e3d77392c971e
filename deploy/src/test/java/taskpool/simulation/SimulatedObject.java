package taskpool.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import taskpool.client.ClientSession;
import taskpool.protocol.SyncKind;
import taskpool.protocol.SyncOpening;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;

/** A lock or the like as a client has it. All clients have the same one of each kind. */
final class SimulatedObject {
  private final SimulatedClient client;
  private final SyncKind kind;
  private final int number;

  SimulatedObject(SimulatedClient client, SyncKind kind) {
    this.client = client;
    this.kind = kind;
    this.number = 1 + numberOf(kind);
  }

  @SuppressWarnings("EnumOrdinal") // any number will do that no other kind has
  private static int numberOf(SyncKind kind) {
    return kind.ordinal();
  }

  int number() {
    return number;
  }

  /** To be called first; again does no harm. */
  void open(long parameter, byte[] initial) {
    SyncOpening opening = new SyncOpening(kind, "the one", initial, client.toString(), 0);
    client.tell(request(SyncOperation.OPEN, parameter, 0, opening.encode()));
  }

  private SyncRequest request(
      SyncOperation operation, long argument, long timeoutNanos, byte @Nullable [] payload) {
    return new SyncRequest(client.nextId(), number, operation, argument, timeoutNanos, payload);
  }

  /** Asks something; gives the request's number. */
  long ask(
      SyncOperation operation,
      long argument,
      long timeoutNanos,
      byte @Nullable [] payload,
      Consumer<SyncReply> then) {
    SyncRequest request = request(operation, argument, timeoutNanos, payload);
    client.ask(request, new Answer(then));
    return request.id();
  }

  void tell(SyncOperation operation, long argument, byte @Nullable [] payload) {
    client.tell(request(operation, argument, 0, payload));
  }

  /** An answer that has to come. */
  record Answer(Consumer<SyncReply> then) implements ClientSession.ReplyListener {
    @Override
    public void onReply(SyncReply reply) {
      then.accept(reply);
    }

    @Override
    public void onAbandoned(Throwable reason) {
      throw new AssertionError("abandoned", reason);
    }
  }
}
