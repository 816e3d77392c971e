package taskpool.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import taskpool.error.PoisonTaskException;
import taskpool.error.WorkerDeath;
import taskpool.error.WorkerLostException;
import taskpool.protocol.LostWorker;
import taskpool.protocol.Outcome;

/** Death of workers as the outcome of a task, there and back. */
public final class LostWorkers {
  /** How the JVM's launcher ends after it has said why. */
  private static final Set<String> LAUNCHER_FAREWELL =
      Set.of(
          "Error: Could not create the Java Virtual Machine.",
          "Error: A fatal exception has occurred. Program will exit.");

  private LostWorkers() {}

  /**
   * The outcome of a task that is not tried again.
   *
   * @param deaths of each worker that ran it, in that order; or a single one without a name when no
   *     worker can be started
   */
  public static Outcome outcome(long id, List<LostWorker> deaths) {
    try {
      byte[] payload = Cbor.MAPPER.writeValueAsBytes(deaths.toArray(LostWorker[]::new));
      return new Outcome(id, Outcome.Kind.LOST, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The error that the caller sees. */
  public static WorkerLostException toException(byte[] payload) {
    try {
      List<LostWorker> lost = List.of(Cbor.MAPPER.readValue(payload, LostWorker[].class));
      LostWorker last = lost.get(lost.size() - 1);
      return last.name().isEmpty()
          ? noneCanBeStarted(last)
          : new PoisonTaskException(lost.stream().map(LostWorkers::death).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WorkerDeath death(LostWorker lost) {
    return new WorkerDeath(
        lost.name(), lost.pid(), lost.exitCode(), lost.lastOutput(), lost.crashReport());
  }

  private static WorkerLostException noneCanBeStarted(LostWorker last) {
    WorkerDeath death = death(last);
    String why =
        last.lastOutput().stream()
            .filter(
                line ->
                    line.startsWith(LostWorker.INITIALIZER_FAILED)
                        || line.startsWith(LostWorker.TOO_LATE))
            .findFirst()
            .or(() -> lastWords(last.lastOutput()).map(line -> "it last wrote: " + line))
            .map(line -> "; " + line)
            .orElse("");
    String how = death.signal().map(name -> "by " + name + ", ").orElse("");
    return new WorkerLostException(
        "no worker can be started, the last one that was tried ended %swith exit code %d%s"
            .formatted(how, last.exitCode(), why),
        death);
  }

  /** The last line that says something. */
  private static Optional<String> lastWords(List<String> output) {
    return output.stream()
        .filter(line -> !line.isBlank() && !LAUNCHER_FAREWELL.contains(line))
        .reduce((line, later) -> later);
  }
}
