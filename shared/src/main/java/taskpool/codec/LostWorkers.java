package taskpool.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import taskpool.error.WorkerLostException;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;

/** Death of workers as the outcome of a task, there and back. */
public final class LostWorkers {
  private LostWorkers() {}

  /** The outcome of a task that is not tried again after these deaths. */
  public static Outcome outcome(long id, List<LostWorker> deaths) {
    try {
      LostWorker last = deaths.get(deaths.size() - 1);
      return new Outcome(id, Outcome.Kind.LOST, Cbor.MAPPER.writeValueAsBytes(last));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The error that the caller sees. */
  public static WorkerLostException toException(byte[] payload) {
    try {
      LostWorker lost = Cbor.MAPPER.readValue(payload, LostWorker.class);
      String what =
          lost.name().isEmpty()
              ? "no worker could be started, the last one ended with exit code " + lost.exitCode()
              : "every worker that ran the task died, the last one, %s (pid %d), with exit code %d"
                  .formatted(lost.name(), lost.pid(), lost.exitCode());
      String tail =
          lost.lastOutput().isEmpty()
              ? ""
              : "; it last wrote: " + lost.lastOutput().get(lost.lastOutput().size() - 1);
      return new WorkerLostException(what + tail, lost.exitCode(), lost.lastOutput());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
