package taskpool.simulation;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import taskpool.protocol.Cancel;
import taskpool.protocol.CancelAnswer;
import taskpool.protocol.Chunk;
import taskpool.protocol.ClientBatch;
import taskpool.protocol.CompletionBatch;
import taskpool.protocol.Header;
import taskpool.protocol.Lease;
import taskpool.protocol.LeaseBatch;
import taskpool.protocol.Outcome;
import taskpool.protocol.Overdue;
import taskpool.protocol.Parcel;
import taskpool.protocol.Progress;
import taskpool.protocol.Submission;
import taskpool.protocol.WorkerBatch;

/** A message on its way: how large it is on the wire, and how it reads in the trace. */
record Letter(String from, String to, Header header, @Nullable Object batch) {
  private static final int ITEM_BYTES = 12;
  private static final int PARCEL_BYTES = 24;

  /** About the bytes it takes, with all that is in it. */
  long bytes() {
    if (batch instanceof ClientBatch b) {
      return functions(b.functions())
          + chunks(b.chunks())
          + parcels(b.submissions())
          + items(b.cancels());
    } else if (batch instanceof LeaseBatch b) {
      return functions(b.functions())
          + chunks(b.chunks())
          + parcels(b.leases())
          + items(b.cancels());
    } else if (batch instanceof WorkerBatch b) {
      return progress(b.progress())
          + chunks(b.chunks())
          + parcels(b.outcomes())
          + items(b.cancelAnswers())
          + items(b.overdue())
          + items(b.returned());
    } else if (batch instanceof CompletionBatch b) {
      return progress(b.progress())
          + chunks(b.chunks())
          + parcels(b.outcomes())
          + items(b.cancelAnswers());
    }
    return 0;
  }

  private static long functions(List<byte[]> functions) {
    return functions.stream().mapToLong(function -> function.length).sum();
  }

  private static long chunks(List<Chunk> chunks) {
    return chunks.stream().mapToLong(chunk -> PARCEL_BYTES + chunk.bytes().length).sum();
  }

  private static <P extends Parcel<P>> long parcels(List<P> parcels) {
    return parcels.stream()
        .mapToLong(
            parcel -> PARCEL_BYTES + (parcel.payload() == null ? 0 : parcel.payload().length))
        .sum();
  }

  private static long items(List<?> items) {
    return (long) ITEM_BYTES * items.size();
  }

  private static long progress(List<Progress> reports) {
    return reports.stream().mapToLong(report -> ITEM_BYTES + report.message().length()).sum();
  }

  @Override
  public String toString() {
    return "%s > %s #%d ack %d%s"
        .formatted(from, to, header.sequence(), header.acknowledged(), content());
  }

  private String content() {
    if (batch instanceof ClientBatch b) {
      return list("chunk", b.chunks(), Chunk::id)
          + list("submit", b.submissions(), Submission::id)
          + list("cancel", b.cancels(), Cancel::id);
    } else if (batch instanceof LeaseBatch b) {
      return list("chunk", b.chunks(), Chunk::id)
          + list("lease", b.leases(), Lease::id)
          + list("cancel", b.cancels(), Cancel::id);
    } else if (batch instanceof WorkerBatch b) {
      return list("progress", b.progress(), Progress::id)
          + list("chunk", b.chunks(), Chunk::id)
          + list("outcome", b.outcomes(), Outcome::id)
          + answers(b.cancelAnswers())
          + list("overdue", b.overdue(), Overdue::lease)
          + list("returned", b.returned(), Long::longValue)
          + " credit "
          + b.credit();
    } else if (batch instanceof CompletionBatch b) {
      return list("progress", b.progress(), Progress::id)
          + list("chunk", b.chunks(), Chunk::id)
          + list("outcome", b.outcomes(), Outcome::id)
          + answers(b.cancelAnswers());
    }
    return "";
  }

  private static String answers(List<CancelAnswer> answers) {
    return list("accepted", answers.stream().filter(CancelAnswer::accepted).toList(), a -> a.id())
        + list("refused", answers.stream().filter(a -> !a.accepted()).toList(), a -> a.id());
  }

  private static <T> String list(String word, List<T> items, ToLongFunction<T> id) {
    return items.isEmpty()
        ? ""
        : items.stream()
            .map(item -> Long.toString(id.applyAsLong(item)))
            .collect(Collectors.joining(" ", " " + word + " ", ""));
  }
}
