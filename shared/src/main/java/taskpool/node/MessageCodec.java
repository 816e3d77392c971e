package taskpool.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taskpool.codec.CborReader;
import taskpool.codec.CborWriter;
import taskpool.payload.Payloads;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.Chunk;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.ClientCommand;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.CoordinatorCommand;
import taskpool.protocol.Header;
import taskpool.protocol.Lease;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Progress;
import taskpool.protocol.Submission;
import taskpool.protocol.SyncOperation;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;
import taskpool.protocol.Terms;
import taskpool.protocol.Wire;
import taskpool.protocol.WorkerBatch;
import taskpool.protocol.WorkerCommand;
import taskpool.protocol.WorkerInfo;

/**
 * Messages as CBOR without Jackson, for the socket: every component of a record in its order, a
 * list after its length. It is there for speed alone, at the start above all: each call takes four
 * messages, and Jackson's reflection is the larger part of their cost. Artery's messages are
 * Jackson's. Thread-safe.
 */
final class MessageCodec {
  private static final int REGISTER_WORKER = 0;
  private static final int FROM_WORKER = 1;
  private static final int OPEN_SESSION = 2;
  private static final int FROM_CLIENT = 3;
  private static final int TO_WORKER = 4;
  private static final int TO_CLIENT = 5;
  private static final int COORDINATOR_ENDED = 6;

  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();
  private static final SyncOperation[] OPERATIONS = SyncOperation.values();
  private static final SyncReply.Status[] STATUSES = SyncReply.Status.values();
  private static final Overdue.Reason[] REASONS = Overdue.Reason.values();
  private static final int EXPECTED_BYTES = 256;

  private interface ItemWriter<T> {
    void write(T item, CborWriter out) throws IOException;
  }

  private interface ItemReader<T> {
    T read(CborReader in) throws IOException;
  }

  private final ActorRefResolver actors;

  MessageCodec(ActorRefResolver actors) {
    this.actors = actors;
  }

  byte[] encode(Wire message) {
    try (CborWriter out = new CborWriter(EXPECTED_BYTES, Payloads.inMessages())) {
      write(message, out);
      return out.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("this must not be sent: " + message, e);
    }
  }

  private void write(Wire message, CborWriter out) throws IOException {
    if (message instanceof CoordinatorCommand.FromWorker m) {
      out.write(FROM_WORKER);
      out.write(m.worker());
      batch(m.header(), m.batch(), MessageCodec::write, out);
    } else if (message instanceof WorkerCommand.FromCoordinator m) {
      out.write(TO_WORKER);
      batch(m.header(), m.batch(), MessageCodec::write, out);
    } else if (message instanceof CoordinatorCommand.FromClient m) {
      out.write(FROM_CLIENT);
      out.write(m.session());
      batch(m.header(), m.batch(), MessageCodec::write, out);
    } else if (message instanceof ClientCommand.FromCoordinator m) {
      out.write(TO_CLIENT);
      batch(m.header(), m.batch(), MessageCodec::write, out);
    } else if (message instanceof CoordinatorCommand.RegisterWorker m) {
      out.write(REGISTER_WORKER);
      out.write(m.worker().number());
      out.write(m.worker().pid());
      out.write(m.worker().host());
      out.write(m.worker().slots());
      out.write(actors.toSerializationFormat(m.replyTo()));
    } else if (message instanceof CoordinatorCommand.OpenSession m) {
      out.write(OPEN_SESSION);
      out.write(m.session());
      out.write(m.pid());
      out.write(actors.toSerializationFormat(m.replyTo()));
    } else if (message instanceof ClientCommand.CoordinatorEnded m) {
      out.write(COORDINATOR_ENDED);
      out.write(m.reason());
    } else {
      throw new IOException("no message of the protocol: " + message.getClass().getName());
    }
  }

  /**
   * Reads a message.
   *
   * @throws IOException if it is none
   */
  Wire decode(byte[] bytes) throws IOException {
    CborReader in = new CborReader(bytes);
    int kind = in.readInt();
    return switch (kind) {
      case REGISTER_WORKER ->
          new CoordinatorCommand.RegisterWorker(
              new WorkerInfo(in.readInt(), in.readLong(), in.readString(), in.readInt()),
              this.<WorkerCommand>actor(in));
      case FROM_WORKER ->
          new CoordinatorCommand.FromWorker(
              in.readInt(), header(in), batch(in, MessageCodec::workerBatch));
      case OPEN_SESSION ->
          new CoordinatorCommand.OpenSession(
              in.readInt(), in.readLong(), this.<ClientCommand>actor(in));
      case FROM_CLIENT ->
          new CoordinatorCommand.FromClient(
              in.readInt(), header(in), batch(in, MessageCodec::clientBatch));
      case TO_WORKER ->
          new WorkerCommand.FromCoordinator(header(in), batch(in, MessageCodec::leaseBatch));
      case TO_CLIENT ->
          new ClientCommand.FromCoordinator(header(in), batch(in, MessageCodec::completionBatch));
      case COORDINATOR_ENDED -> new ClientCommand.CoordinatorEnded(in.readString());
      default -> throw new IOException("no kind of message: " + kind);
    };
  }

  private <M> ActorRef<M> actor(CborReader in) throws IOException {
    return actors.resolveActorRef(in.readString());
  }

  private static <B> void batch(
      Header header, @Nullable B batch, ItemWriter<B> writer, CborWriter out) throws IOException {
    out.write(header.sequence());
    out.write(header.acknowledged());
    if (batch == null) {
      out.writeNull();
    } else {
      writer.write(batch, out);
    }
  }

  private static Header header(CborReader in) throws IOException {
    return new Header(in.readLong(), in.readLong());
  }

  private static <B> @Nullable B batch(CborReader in, ItemReader<B> reader) throws IOException {
    return in.readNull() ? null : reader.read(in);
  }

  private static void write(WorkerBatch batch, CborWriter out) throws IOException {
    list(batch.progress(), MessageCodec::write, out);
    list(batch.chunks(), MessageCodec::write, out);
    list(batch.outcomes(), MessageCodec::write, out);
    list(batch.cancelAnswers(), MessageCodec::write, out);
    list(batch.overdue(), MessageCodec::write, out);
    list(batch.returned(), (lease, to) -> to.write(lease), out);
    out.write(batch.lent());
    out.write(batch.credit());
  }

  private static WorkerBatch workerBatch(CborReader in) throws IOException {
    return new WorkerBatch(
        list(in, MessageCodec::progress),
        list(in, MessageCodec::chunk),
        list(in, MessageCodec::outcome),
        list(in, MessageCodec::cancelAnswer),
        list(in, MessageCodec::overdue),
        list(in, CborReader::readLong),
        in.readInt(),
        in.readInt());
  }

  private static void write(LeaseBatch batch, CborWriter out) throws IOException {
    list(batch.functions(), MessageCodec::write, out);
    list(batch.chunks(), MessageCodec::write, out);
    list(batch.leases(), MessageCodec::write, out);
    list(batch.cancels(), MessageCodec::write, out);
  }

  private static LeaseBatch leaseBatch(CborReader in) throws IOException {
    return new LeaseBatch(
        list(in, CborReader::readBytes),
        list(in, MessageCodec::chunk),
        list(in, MessageCodec::lease),
        list(in, MessageCodec::cancel));
  }

  private static void write(ClientBatch batch, CborWriter out) throws IOException {
    list(batch.functions(), MessageCodec::write, out);
    list(batch.chunks(), MessageCodec::write, out);
    list(batch.submissions(), MessageCodec::write, out);
    list(batch.cancels(), MessageCodec::write, out);
    list(batch.requests(), MessageCodec::write, out);
  }

  private static ClientBatch clientBatch(CborReader in) throws IOException {
    return new ClientBatch(
        list(in, CborReader::readBytes),
        list(in, MessageCodec::chunk),
        list(in, MessageCodec::submission),
        list(in, MessageCodec::cancel),
        list(in, MessageCodec::syncRequest));
  }

  private static void write(CompletionBatch batch, CborWriter out) throws IOException {
    list(batch.progress(), MessageCodec::write, out);
    list(batch.chunks(), MessageCodec::write, out);
    list(batch.outcomes(), MessageCodec::write, out);
    list(batch.cancelAnswers(), MessageCodec::write, out);
    list(batch.replies(), MessageCodec::write, out);
  }

  private static CompletionBatch completionBatch(CborReader in) throws IOException {
    return new CompletionBatch(
        list(in, MessageCodec::progress),
        list(in, MessageCodec::chunk),
        list(in, MessageCodec::outcome),
        list(in, MessageCodec::cancelAnswer),
        list(in, MessageCodec::syncReply));
  }

  private static <T> void list(List<T> items, ItemWriter<T> writer, CborWriter out)
      throws IOException {
    out.write(items.size());
    for (T item : items) {
      writer.write(item, out);
    }
  }

  private static <T> List<T> list(CborReader in, ItemReader<T> reader) throws IOException {
    int count = in.readCount();
    if (count == 0) {
      return List.of();
    }
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(reader.read(in));
    }
    return items;
  }

  private static void write(byte[] bytes, CborWriter out) throws IOException {
    out.write(bytes);
  }

  private static void writePayload(byte @Nullable [] payload, CborWriter out) throws IOException {
    if (payload == null) {
      out.writeNull();
    } else {
      out.write(payload);
    }
  }

  private static byte @Nullable [] payload(CborReader in) throws IOException {
    return in.readNull() ? null : in.readBytes();
  }

  private static void write(Chunk chunk, CborWriter out) throws IOException {
    out.write(chunk.id());
    out.write(chunk.totalBytes());
    out.write(chunk.bytes());
  }

  private static Chunk chunk(CborReader in) throws IOException {
    return new Chunk(in.readLong(), in.readInt(), in.readBytes());
  }

  private static void write(Submission task, CborWriter out) throws IOException {
    out.write(task.id());
    out.write(task.function());
    out.write(task.bulk());
    writeTerms(task.terms(), out);
    writePayload(task.payload(), out);
  }

  private static Submission submission(CborReader in) throws IOException {
    return new Submission(in.readLong(), in.readInt(), in.readBoolean(), terms(in), payload(in));
  }

  private static void write(Lease lease, CborWriter out) throws IOException {
    out.write(lease.id());
    out.write(lease.session());
    out.write(lease.task());
    out.write(lease.attempt());
    out.write(lease.function());
    out.write(lease.bulk());
    writeTerms(lease.terms(), out);
    writePayload(lease.payload(), out);
  }

  private static Lease lease(CborReader in) throws IOException {
    return new Lease(
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readBoolean(),
        terms(in),
        payload(in));
  }

  private static void writeTerms(@Nullable Terms terms, CborWriter out) throws IOException {
    if (terms == null) {
      out.writeNull();
      return;
    }
    out.write(terms.priority());
    out.write(terms.delayNanos());
    out.write(terms.softLimitNanos());
    out.write(terms.hardLimitNanos());
    Terms.Retry retry = terms.retry();
    if (retry == null) {
      out.writeNull();
    } else {
      out.write(retry.attempts());
      out.write(retry.firstBackoffNanos());
      out.write(retry.maxBackoffNanos());
      list(retry.exceptions(), (name, to) -> to.write(name), out);
    }
    if (terms.key() == null) {
      out.writeNull();
    } else {
      out.write(terms.key());
    }
  }

  private static @Nullable Terms terms(CborReader in) throws IOException {
    return in.readNull()
        ? null
        : new Terms(
            in.readInt(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            retry(in),
            in.readNull() ? null : in.readString());
  }

  private static Terms.@Nullable Retry retry(CborReader in) throws IOException {
    return in.readNull()
        ? null
        : new Terms.Retry(
            in.readInt(), in.readLong(), in.readLong(), list(in, CborReader::readString));
  }

  @SuppressWarnings("EnumOrdinal") // it is what Jackson sends, too
  private static void write(Overdue overdue, CborWriter out) throws IOException {
    out.write(overdue.lease());
    out.write(overdue.reason().ordinal());
    out.write(overdue.retry());
  }

  private static Overdue overdue(CborReader in) throws IOException {
    return new Overdue(in.readLong(), constant(REASONS, in.readInt()), in.readBoolean());
  }

  @SuppressWarnings("EnumOrdinal") // it is what Jackson sends, too
  private static void write(Outcome outcome, CborWriter out) throws IOException {
    out.write(outcome.id());
    out.write(outcome.kind().ordinal());
    writePayload(outcome.payload(), out);
  }

  private static Outcome outcome(CborReader in) throws IOException {
    return new Outcome(in.readLong(), constant(KINDS, in.readInt()), payload(in));
  }

  private static void write(Progress report, CborWriter out) throws IOException {
    out.write(report.id());
    out.write(report.done());
    out.write(report.total());
    out.write(report.message());
  }

  private static Progress progress(CborReader in) throws IOException {
    return new Progress(in.readLong(), in.readLong(), in.readLong(), in.readString());
  }

  @SuppressWarnings("EnumOrdinal") // it is what Jackson sends, too
  private static void write(SyncRequest request, CborWriter out) throws IOException {
    out.write(request.id());
    out.write(request.object());
    out.write(request.operation().ordinal());
    out.write(request.argument());
    out.write(request.timeoutNanos());
    writePayload(request.payload(), out);
  }

  private static SyncRequest syncRequest(CborReader in) throws IOException {
    return new SyncRequest(
        in.readLong(),
        in.readInt(),
        constant(OPERATIONS, in.readInt()),
        in.readLong(),
        in.readLong(),
        payload(in));
  }

  @SuppressWarnings("EnumOrdinal") // it is what Jackson sends, too
  private static void write(SyncReply reply, CborWriter out) throws IOException {
    out.write(reply.id());
    out.write(reply.status().ordinal());
    out.write(reply.value());
    writePayload(reply.payload(), out);
  }

  private static SyncReply syncReply(CborReader in) throws IOException {
    return new SyncReply(
        in.readLong(), constant(STATUSES, in.readInt()), in.readLong(), payload(in));
  }

  private static <E extends Enum<E>> E constant(E[] all, int ordinal) throws IOException {
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IOException("no such constant: " + ordinal);
    }
    return all[ordinal];
  }

  private static void write(Cancel cancel, CborWriter out) throws IOException {
    out.write(cancel.id());
    out.write(cancel.interrupt());
  }

  private static Cancel cancel(CborReader in) throws IOException {
    return new Cancel(in.readLong(), in.readBoolean());
  }

  private static void write(CancelAnswer answer, CborWriter out) throws IOException {
    out.write(answer.id());
    out.write(answer.accepted());
  }

  private static CancelAnswer cancelAnswer(CborReader in) throws IOException {
    return new CancelAnswer(in.readLong(), in.readBoolean());
  }
}
