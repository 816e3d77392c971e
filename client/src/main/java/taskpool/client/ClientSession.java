package taskpool.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import taskpool.link.Assembler;
import taskpool.link.FunctionTable;
import taskpool.link.Link;
import taskpool.link.LinkSettings;
import taskpool.link.Outbox;
import taskpool.link.ParcelQueue;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.Chunk;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.Outcome;
import taskpool.protocol.Parcel;
import taskpool.protocol.Progress;
import taskpool.protocol.Submission;
import taskpool.protocol.SyncReply;
import taskpool.protocol.SyncRequest;
import taskpool.protocol.Terms;

/**
 * What the submitting end keeps: which tasks have not ended, and who wants to know. Plain Java:
 * events in through the methods, effects out through the transport and the tasks' {@link
 * Listener}s, time as an argument. A task's end is told once, whatever arrives.
 *
 * <p>Confined to its actor (or to the simulator).
 */
public final class ClientSession implements Outbox<ClientBatch> {

  /** Wants to know how a task fares. Called on the session's thread: must not block. */
  public interface Listener {
    void onOutcome(Outcome outcome);

    void onProgress(Progress progress);

    void onCancelAnswer(boolean accepted);

    /** The task will never end: the session was given up. */
    void onAbandoned(Throwable reason);
  }

  private record Waiting(
      long id, byte[] function, boolean bulk, @Nullable Terms terms, byte @Nullable [] payload)
      implements Parcel<Waiting> {
    /** As if its function were in no parcel before it. */
    @Override
    public int ownBytes() {
      return OWN_BYTES + function.length + Terms.bytesOf(terms);
    }

    @Override
    public Waiting withPayload(byte @Nullable [] payload) {
      return new Waiting(id, function, bulk, terms, payload);
    }
  }

  /** Wants to know the answer of a primitive. Called on the session's thread: must not block. */
  public interface ReplyListener {
    void onReply(SyncReply reply);

    /** It will never be answered: the session was given up. */
    void onAbandoned(Throwable reason);
  }

  private static final int CANCEL_BYTES = 12;

  private final Link<ClientBatch, CompletionBatch> link;
  private final Assembler assembler = new Assembler();
  private final ParcelQueue<Waiting> waiting;
  private final ArrayDeque<Cancel> cancels = new ArrayDeque<>();
  private final Long2ObjectHashMap<Listener> unfinished = new Long2ObjectHashMap<>();
  private final ParcelQueue<SyncRequest> requests;
  private final Long2ObjectHashMap<ReplyListener> unanswered = new Long2ObjectHashMap<>();

  /** What is told without being asked for, by its negative numbers. */
  private final Long2ObjectHashMap<ReplyListener> listening = new Long2ObjectHashMap<>();

  private @Nullable Throwable abandoned;

  public ClientSession(LinkSettings settings, Link.Transport<ClientBatch> transport) {
    this.waiting = new ParcelQueue<>(settings);
    this.requests = ParcelQueue.inOrder(settings);
    this.link = new Link<>(settings, this, transport);
  }

  /** A task to be run. Call {@link #flush} after the last one that is known. */
  public void submit(
      long id,
      byte[] function,
      boolean bulk,
      @Nullable Terms terms,
      byte[] payload,
      Listener listener) {
    Throwable reason = abandoned;
    if (reason != null) {
      listener.onAbandoned(reason);
      return;
    }
    unfinished.put(id, listener);
    waiting.add(new Waiting(id, function, bulk, terms, payload));
  }

  /** Asks something of a primitive. Call {@link #flush} afterwards. */
  public void request(SyncRequest request, ReplyListener listener) {
    Throwable reason = abandoned;
    if (reason != null) {
      listener.onAbandoned(reason);
      return;
    }
    unanswered.put(request.id(), listener);
    requests.add(request);
  }

  /** Wants to know every reply of this number, which is negative. */
  public void listen(long number, ReplyListener listener) {
    listening.put(number, listener);
  }

  /** Says something to a primitive that is not answered. Call {@link #flush} afterwards. */
  public void tell(SyncRequest request) {
    if (abandoned == null) {
      requests.add(request);
    }
  }

  /** Somebody wants a task not to run. Call {@link #flush} afterwards. */
  public void cancel(long id, boolean interrupt) {
    if (unfinished.containsKey(id)) {
      cancels.add(new Cancel(id, interrupt));
    }
  }

  /** A batch from the coordinator. */
  public void receive(Header header, @Nullable CompletionBatch batch, long nowNanos) {
    CompletionBatch next = link.receive(header, batch, nowNanos);
    if (next != null) {
      for (Progress report : next.progress()) {
        Listener listener = unfinished.get(report.id());
        if (listener != null) {
          listener.onProgress(report);
        }
      }
      next.chunks().forEach(assembler::add);
      for (Outcome outcome : next.outcomes()) {
        byte[] payload = assembler.payloadOf(outcome);
        Listener listener = unfinished.remove(outcome.id());
        if (listener != null) {
          listener.onOutcome(payload == outcome.payload() ? outcome : outcome.withPayload(payload));
        }
      }
      for (SyncReply reply : next.replies()) {
        byte[] payload = assembler.payloadOf(reply);
        ReplyListener listener =
            reply.id() < 0 ? listening.get(reply.id()) : unanswered.get(reply.id());
        if (listener != null) {
          listener.onReply(reply.withPayload(payload));
          unanswered.remove(reply.id()); // not before: if memory runs out, it is abandoned
        }
      }
      for (CancelAnswer answer : next.cancelAnswers()) {
        Listener listener = unfinished.get(answer.id());
        if (listener != null) {
          listener.onCancelAnswer(answer.accepted());
        }
      }
    }
    link.flush(nowNanos);
  }

  /**
   * Ends every unfinished task, and each that comes yet, with an error; here only. What has not
   * left yet does not leave any more. Again, it does nothing: the first reason stands.
   */
  public void abandon(Throwable reason) {
    if (abandoned != null) {
      return;
    }
    abandoned = reason;
    waiting.clear();
    cancels.clear();
    requests.clear();
    List<Listener> left = List.copyOf(unfinished.values());
    unfinished.clear();
    left.forEach(listener -> listener.onAbandoned(reason));
    List<ReplyListener> waits = List.copyOf(unanswered.values());
    unanswered.clear();
    waits.forEach(listener -> listener.onAbandoned(reason));
    listening.values().forEach(listener -> listener.onAbandoned(reason));
  }

  /** Tasks that have not ended. */
  public int unfinished() {
    return unfinished.size();
  }

  /** Requests that have not been answered. */
  public int unanswered() {
    return unanswered.size();
  }

  /** Sends what may be sent. */
  public void flush(long nowNanos) {
    link.flush(nowNanos);
  }

  /** Repeats and acknowledges what is due; to be called every {@link LinkSettings#TICK}. */
  public void tick(long nowNanos) {
    link.tick(nowNanos);
  }

  /** Whether {@link #tick} need not be called before the next event. */
  public boolean atRest() {
    return link.atRest();
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty() && cancels.isEmpty() && requests.isEmpty();
  }

  @Override
  public long bytes() {
    return waiting.bytes() + requests.bytes() + (long) CANCEL_BYTES * cancels.size();
  }

  @Override
  public ClientBatch take(int maxBytes) {
    List<Chunk> chunks = new ArrayList<>();
    List<Waiting> taken = new ArrayList<>();
    int cancelBytes = Math.min(CANCEL_BYTES * cancels.size(), Outbox.smallShare(maxBytes));
    List<SyncRequest> asked = new ArrayList<>();
    long before = requests.bytes();
    requests.drainTo(asked, chunks, waiting.isEmpty() ? maxBytes - cancelBytes : maxBytes / 2);
    int askedBytes = (int) (before - requests.bytes());
    waiting.drainTo(taken, chunks, Math.max(0, maxBytes - cancelBytes - askedBytes));
    FunctionTable functions = new FunctionTable();
    List<Submission> submissions = new ArrayList<>(taken.size());
    for (Waiting task : taken) {
      submissions.add(
          new Submission(
              task.id(),
              functions.indexOf(task.function()),
              task.bulk(),
              task.terms(),
              task.payload()));
    }
    List<Cancel> leaving =
        Outbox.takeFirst(
            cancels,
            cancel -> !waiting.contains(cancel.id()),
            CANCEL_BYTES,
            Outbox.smallShare(maxBytes));
    return new ClientBatch(functions.functions(), chunks, submissions, leaving, asked);
  }
}
