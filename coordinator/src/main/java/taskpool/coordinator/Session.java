package taskpool.coordinator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import taskpool.link.Assembler;
import taskpool.link.Link;
import taskpool.link.LinkSettings;
import taskpool.link.Outbox;
import taskpool.link.ParcelQueue;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.Chunk;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Progress;
import taskpool.protocol.SyncReply;

/**
 * One client as the coordinator sees it: its lane of queued tasks, its unfinished tasks, and what
 * is to be told to it. Confined to the coordinator.
 */
final class Session implements Outbox<CompletionBatch> {
  /** About what an answer or a progress report takes in a batch. */
  private static final int SMALL_ITEM_BYTES = 24;

  final int id;
  final Link<CompletionBatch, ClientBatch> link;
  final Assembler assembler = new Assembler();
  final Lane lane = new Lane();
  final Long2ObjectHashMap<Task> tasks = new Long2ObjectHashMap<>();

  /** Whether it stands in the line of {@link LaneTurns}. */
  boolean inTurns;

  private final ParcelQueue<Outcome> outcomes;
  private final ParcelQueue<SyncReply> replies;
  private final Map<Long, Progress> progress = new LinkedHashMap<>();
  private final ArrayDeque<CancelAnswer> cancelAnswers = new ArrayDeque<>();

  private int deficit;
  private boolean closed;

  Session(int id, LinkSettings settings, Link.Transport<CompletionBatch> transport) {
    this.id = id;
    this.outcomes = new ParcelQueue<>(settings);
    this.replies = ParcelQueue.inOrder(settings);
    this.link = new Link<>(settings, this, transport);
  }

  int deficit() {
    return deficit;
  }

  void addDeficit(int change) {
    deficit += change;
  }

  void resetDeficit() {
    deficit = 0;
  }

  boolean isClosed() {
    return closed;
  }

  /** From now on nothing is told to the client any more. */
  void close() {
    closed = true;
    lane.clear();
  }

  void tell(Outcome outcome) {
    progress.remove(outcome.id());
    outcomes.add(outcome);
  }

  void tell(SyncReply reply) {
    replies.add(reply);
  }

  void tell(Progress report) {
    progress.put(report.id(), report);
  }

  void tell(CancelAnswer answer) {
    cancelAnswers.add(answer);
  }

  @Override
  public boolean isEmpty() {
    return outcomes.isEmpty() && replies.isEmpty() && progress.isEmpty() && cancelAnswers.isEmpty();
  }

  @Override
  public long bytes() {
    return outcomes.bytes()
        + replies.bytes()
        + (long) Progress.MAX_BYTES * progress.size()
        + (long) SMALL_ITEM_BYTES * cancelAnswers.size();
  }

  @Override
  public CompletionBatch take(int maxBytes) {
    List<Chunk> chunks = new ArrayList<>();
    List<Outcome> taken = new ArrayList<>();
    int share = Outbox.smallShare(maxBytes);
    List<Progress> reports = Outbox.takeFirst(progress.values(), Progress.MAX_BYTES, share);
    List<CancelAnswer> answers = Outbox.takeFirst(cancelAnswers, SMALL_ITEM_BYTES, share);
    int smallBytes = Progress.MAX_BYTES * reports.size() + SMALL_ITEM_BYTES * answers.size();
    List<SyncReply> replied = new ArrayList<>();
    long before = replies.bytes();
    replies.drainTo(replied, chunks, outcomes.isEmpty() ? maxBytes - smallBytes : maxBytes / 4);
    int repliedBytes = (int) (before - replies.bytes());
    outcomes.drainTo(taken, chunks, Math.max(share, maxBytes - smallBytes - repliedBytes));
    return new CompletionBatch(reports, chunks, taken, answers, replied);
  }
}
